// A paper sheet while it is keyed in: what each line says, what a key does, and what is sent.
import { type Duty, type DutyStop, type Fate, type Outcome, OUTCOMES, SERVED, type StopDay } from '../../service/delivery.ts';
import type { Service } from '../../service/types.ts';
import { momentOf, timeOf } from './times.ts';
import type { Given } from './outbox.ts';

/** What was keyed in of a line; no outcome: nothing is ticked on the paper. */
export interface Line {
  outcome: Outcome | null;
  /** As it was typed; "" where no time is written. */
  time: string;
  note: string;
  /** Where a meal went that was not handed over; null: not known yet. */
  fate: Fate | null;
}

export interface TripTimes {
  departed: string;
  returned: string;
}

export interface Draft {
  /** The revision that is printed on it. */
  revision: number;
  lines: Record<number, Line>;
  trips: Record<number, TripTimes>;
}

export const BLANK: Line = { outcome: null, time: '', note: '', fate: null };
const NO_TIMES: TripTimes = { departed: '', returned: '' };

export function emptyDraft(revision: number): Draft {
  return { revision, lines: {}, trips: {} };
}

export function lineOf(draft: Draft, order: number): Line {
  return draft.lines[order] ?? BLANK;
}

export function timesOf(draft: Draft, trip: number): TripTimes {
  return draft.trips[trip] ?? NO_TIMES;
}

/** Return all stops of a sheet in the order in which they are printed. */
export function stopsOf(duty: Duty): DutyStop[] {
  return duty.trips.flatMap((trip) => trip.stops);
}

/** Change a line. What becomes of a meal is only asked where nobody received it. */
export function withLine(draft: Draft, order: number, change: Partial<Line>): Draft {
  const line = { ...lineOf(draft, order), ...change };
  const served = line.outcome === null || SERVED.has(line.outcome);
  return { ...draft, lines: { ...draft.lines, [order]: served ? { ...line, fate: null } : line } };
}

export function withTimes(draft: Draft, trip: number, change: Partial<TripTimes>): Draft {
  return { ...draft, trips: { ...draft.trips, [trip]: { ...timesOf(draft, trip), ...change } } };
}

/**
 * Tick "handed over" on every line that is blank and of which nothing is known: what a phone
 * reported otherwise, such as a door that stayed shut, is changed by hand only.
 */
export function allHandedOver(draft: Draft, duty: Duty, known: ReadonlyMap<number, StopDay>): Draft {
  return stopsOf(duty)
    .filter(({ order }) => lineOf(draft, order).outcome === null && !known.get(order)?.outcome)
    .reduce((so, { order }) => withLine(so, order, { outcome: 'handed_over' }), draft);
}

/** What a key does to the line that has the focus. */
export type Deed =
  | { do: 'move'; by: 1 | -1 }
  | { do: 'tick'; outcome: Outcome }
  | { do: 'confirm' }
  | { do: 'clear' };

/** Return what a key means on a line: digits tick, arrows move, Enter confirms, Delete clears. */
export function deedOf(key: string): Deed | null {
  if (key === 'ArrowDown') return { do: 'move', by: 1 };
  if (key === 'ArrowUp') return { do: 'move', by: -1 };
  if (key === 'Enter') return { do: 'confirm' };
  if (key === 'Delete' || key === 'Backspace' || key === '0') return { do: 'clear' };
  const outcome = /^[1-9]$/.test(key) ? OUTCOMES[Number(key) - 1] : undefined;
  return outcome === undefined ? null : { do: 'tick', outcome };
}

/** Something to be put right before the sheet is sent, and where. */
export interface Mistake {
  what: 'sheet_nothing' | 'sheet_bad_time' | 'sheet_needs_note' | 'sheet_time_without_outcome';
  /** Name of the field: "time-412", "note-412", "departed-1". */
  field: string;
}

export function mistakesOf(draft: Draft, duty: Duty): Mistake[] {
  if (isBlank(draft)) return [{ what: 'sheet_nothing', field: 'all' }];
  const bad = (text: string) => text.trim() !== '' && timeOf(text) === null;
  return duty.trips.flatMap((trip) => {
    const times = timesOf(draft, trip.number);
    const found: Mistake[] = (['departed', 'returned'] as const)
      .filter((which) => bad(times[which]))
      .map((which) => ({ what: 'sheet_bad_time', field: `${which}-${trip.number}` }));
    for (const { order } of trip.stops) {
      const line = lineOf(draft, order);
      if (bad(line.time)) found.push({ what: 'sheet_bad_time', field: `time-${order}` });
      else if (line.outcome === null && line.time.trim() !== '') {
        found.push({ what: 'sheet_time_without_outcome', field: `time-${order}` });
      }
      if (line.outcome === 'other' && line.note.trim() === '') {
        found.push({ what: 'sheet_needs_note', field: `note-${order}` });
      }
    }
    return found;
  });
}

/** Return how many lines are ticked. */
export function ticked(draft: Draft, duty: Duty): number {
  return stopsOf(duty).filter(({ order }) => lineOf(draft, order).outcome !== null).length;
}

/** Return whether nothing at all was keyed in. */
export function isBlank(draft: Draft): boolean {
  const times = Object.values(draft.trips).some(({ departed, returned }) => departed + returned !== '');
  return !times && Object.values(draft.lines).every((line) => line.outcome === null && line.time === '');
}

/**
 * Return the whole sheet as it is sent, in one request, under an id of its own: sent twice, it is
 * one sheet. Lines without a tick are left out.
 */
export function sheetEntry(
  service: Service, zone: string, duty: Duty, draft: Draft, id: string, shelfName: string,
): Omit<Given, 'about'> {
  const moment = (text: string) => {
    const time = timeOf(text);
    return time === null ? null : momentOf(service.day, time, zone);
  };
  const trips = duty.trips.map(({ number, stops }) => {
    const times = timesOf(draft, number);
    return {
      number,
      departed_at: moment(times.departed),
      returned_at: moment(times.returned),
      stops: stops.flatMap((stop) => lineBody(lineOf(draft, stop.order), stop, moment)),
    };
  });
  return {
    id,
    path: `/api/v1/services/${service.day}/${service.meal}/delivery/sheets/${encodeURIComponent(duty.courier)}`,
    body: {
      id,
      revision: draft.revision,
      trips: trips.filter((trip) => trip.stops.length > 0 || trip.departed_at || trip.returned_at),
    },
    what: { key: 'sent_sheet', values: { courier: duty.courier } },
    draft: shelfName,
  };
}

function lineBody(line: Line, stop: DutyStop, moment: (text: string) => string | null): object[] {
  if (line.outcome === null) return [];
  return [
    {
      order: stop.order,
      outcome: line.outcome,
      at: moment(line.time),
      note: line.note.trim() || null,
      fates: line.fate === null ? null : { [line.fate]: stop.portions },
    },
  ];
}
