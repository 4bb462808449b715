// How far the duty is as the courier sees it: what the service knew, and the phone's own reports.
import { caseOf, type SeenCase } from './cases.ts';
import type { Entry } from './queue.ts';
import type { Duty, Report, Stop, Trip } from './types.ts';

/** What came of a stop, and the report that says so. */
export interface Result {
  outcome: NonNullable<Stop['outcome']>;
  uid: string | null;
  at: string | null;
  /** Whether the service has not answered that report yet. */
  waiting: boolean;
  /** Whether the report was made on this phone, so that it can be taken back here. */
  own: boolean;
}

export interface SeenStop extends Stop {
  result: Result | null;
  /** The open case of a door that stayed shut. */
  shut: SeenCase | null;
}

export interface SeenTrip extends Omit<Trip, 'stops'> {
  stops: SeenStop[];
  departed: boolean;
  returned: boolean;
  done: boolean;
}

export interface Progress {
  trips: SeenTrip[];
  handedBack: boolean;
  /** The phone's own report that says so, which can be taken back. */
  handedBackBy: string | null;
  seen: number;
}

/** Outcomes that put the meal into somebody's hands. */
export const SERVED: ReadonlySet<string> = new Set(['handed_over', 'left_as_agreed', 'collected']);

/**
 * Return the duty with the phone's reports laid over it; reports that do not count are left out.
 * `off`: milliseconds to be added to the phone's clock.
 */
export function progress(duty: Duty, entries: readonly Entry[], off = 0): Progress {
  const counted = entries.filter((entry) => entry.state !== 'apart');
  const taken = new Set(
    counted.flatMap(({ report }) =>
      report.about !== undefined && report.id !== report.about ? [report.about] : [],
    ),
  );
  const standing = counted.filter(({ report }) => !taken.has(report.id));
  const reports = standing.map(({ report }) => report);
  const waiting = new Set(
    standing.filter(({ state }) => state === 'waiting').map(({ report }) => report.id),
  );
  const stopOf = (stop: Stop): SeenStop => ({
    ...stop,
    result: resultOf(stop, reports, taken, waiting),
    ...accountOf(stop, reports),
    shut: caseOf(stop, { reports, taken, limits: duty.no_answer_minutes, off }),
  });
  const told = (kind: Report['kind'], trip: Trip) =>
    reports.some(
      (report) =>
        report.kind === kind && report.trip === trip.number && report.revision === duty.revision,
    );
  const trips = duty.trips.map((trip): SeenTrip => {
    const stops = trip.stops.map(stopOf);
    const settled = stops.every((stop) => stop.result !== null);
    const departed =
      trip.departed_at !== null || told('departed', trip) || stops.some((stop) => stop.result);
    const returned = trip.returned_at !== null || told('returned', trip);
    return { ...trip, stops, departed, returned, done: settled && returned };
  });
  const handedBackBy = last(reports, ({ kind }) => kind === 'handed_back')?.id ?? null;
  return {
    trips,
    handedBack: duty.handed_back_at !== null || handedBackBy !== null,
    handedBackBy,
    seen: Math.max(
      duty.seen_revision ?? 0,
      ...reports.map((report) => (report.kind === 'seen' ? (report.revision ?? 0) : 0)),
    ),
  };
}

/** Whether the courier has yet to confirm the last change of the duty. */
export function unconfirmed(duty: Duty, entries: readonly Entry[]): boolean {
  return progress(duty, entries).seen < (duty.changed_in ?? 0);
}

/** Return where a meal went: by this phone's last word, else as the service knows it. */
function accountOf(stop: Stop, reports: readonly Report[]): Pick<Stop, 'fates' | 'given_to'> {
  const own = last(reports, ({ kind, order }) => kind === 'accounted' && order === stop.order);
  if (own === undefined) return { fates: stop.fates, given_to: stop.given_to };
  return { fates: own.fates ?? {}, given_to: own.note ?? null };
}

function resultOf(
  stop: Stop,
  reports: readonly Report[],
  taken: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
): Result | null {
  const own = last(reports, (report) => report.kind === 'outcome' && report.order === stop.order);
  if (own?.outcome) {
    const { id, outcome, at } = own;
    return { outcome, uid: id, at, waiting: waiting.has(id), own: true };
  }
  if (stop.outcome === null || (stop.outcome_uid !== null && taken.has(stop.outcome_uid))) {
    return null;
  }
  const { outcome, outcome_uid, outcome_at } = stop;
  return { outcome, uid: outcome_uid, at: outcome_at, waiting: false, own: false };
}

function last<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item | undefined {
  return items.filter(fits).at(-1);
}

/** What the courier does next. */
export type Next =
  | { kind: 'load'; trip: SeenTrip }
  | { kind: 'stop'; trip: SeenTrip; stop: SeenStop }
  | { kind: 'return'; trip: SeenTrip }
  | { kind: 'handed_back' }
  | { kind: 'finished' };

/**
 * Return what comes next: the first trip not done, its first stop without a result; nothing more once
 * the stops left were handed back.
 */
export function nextStep(progress: Progress): Next {
  const { trips } = progress;
  if (progress.handedBack && left(progress) > 0) return { kind: 'handed_back' };
  const trip = trips.find((one) => !one.done && !goneOn(one, trips));
  if (trip === undefined) return { kind: 'finished' };
  const stop = trip.stops.find((one) => one.result === null);
  if (stop === undefined) return { kind: 'return', trip };
  return trip.departed ? { kind: 'stop', trip, stop } : { kind: 'load', trip };
}

/** Whether a trip's return was not reported but the courier left on a later one. */
function goneOn(trip: SeenTrip, trips: readonly SeenTrip[]): boolean {
  return (
    trip.stops.every((stop) => stop.result !== null) &&
    trips.some((later) => later.number > trip.number && later.departed)
  );
}

/** Return the stop of an order. */
export function stopOf(progress: Progress, order: number): SeenStop | undefined {
  return progress.trips.flatMap((trip) => trip.stops).find((stop) => stop.order === order);
}

/** Return the stops whose doors stayed shut and whose cases are open. */
export function shutDoors(progress: Progress): (SeenStop & { shut: SeenCase })[] {
  const stops = progress.trips.flatMap((trip) => trip.stops);
  return stops.filter((stop): stop is SeenStop & { shut: SeenCase } => stop.shut !== null);
}

/** Return how many stops are left. */
export function left(progress: Progress): number {
  return progress.trips.flatMap((trip) => trip.stops).filter((stop) => stop.result === null).length;
}
