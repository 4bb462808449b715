// What a new revision changes for this courier: stops that are new, other than before, or gone.
import type { Duty, Stop } from './types.ts';

export type Change = 'new' | 'moved' | 'changed' | 'retimed';

export interface Changes {
  /** By order. */
  marks: Record<number, Change>;
  /** Names of stops that are in this duty no more. */
  gone: string[];
}

export const NONE: Changes = { marks: {}, gone: [] };

/** Facts of a door: where they differ, the courier must look again. */
const FACTS = ['name', 'address', 'floor', 'phone', 'door_note', 'portions', 'diets'] as const;

/** A hand-over so much earlier or later is marked, as route sheets do. */
const RETIMED = 300_000;

/** Return what is different for the courier between two revisions of a duty. */
export function changesBetween(before: Duty, after: Duty): Changes {
  // The duty before was read before the latest reports: what is done by now cannot have moved.
  const done = new Set([...settledOf(before), ...settledOf(after)]);
  const old = places(before, done);
  const now = places(after, done);
  const marks: Record<number, Change> = {};
  for (const [order, { stop, trip, after: previous }] of now) {
    const known = old.get(order);
    if (known === undefined) marks[order] = 'new';
    else if (FACTS.some((fact) => differs(known.stop[fact], stop[fact]))) marks[order] = 'changed';
    else if (known.trip !== trip || known.after !== previous) marks[order] = 'moved';
    else if (Math.abs(Date.parse(known.stop.arrives_at) - Date.parse(stop.arrives_at)) >= RETIMED) {
      marks[order] = 'retimed';
    }
  }
  const gone = [...old].filter(([order]) => !now.has(order)).map(([, { stop }]) => stop.name);
  return { marks, gone };
}

/**
 * Return changes that were not confirmed together with those of a later revision.
 *
 * A stop that was new stays so. What went and came back is new, not gone.
 */
export function withLater(earlier: Changes, later: Changes, duty: Duty): Changes {
  const stops = duty.trips.flatMap((trip) => trip.stops);
  const marks: Record<number, Change> = {};
  for (const { order } of stops) {
    const mark = earlier.marks[order] === 'new' ? 'new' : (later.marks[order] ?? earlier.marks[order]);
    if (mark !== undefined) marks[order] = mark;
  }
  const back = new Set(stops.filter(({ order }) => later.marks[order] === 'new').map(({ name }) => name));
  const gone = [...earlier.gone.filter((name) => !back.has(name)), ...later.gone];
  return { marks, gone };
}

interface Where {
  stop: Stop;
  trip: number;
  /** Order of the stop before it, null at the canteen. */
  after: number | null;
}

function settledOf(duty: Duty): number[] {
  const stops = duty.trips.flatMap((trip) => trip.stops);
  return stops.filter((stop) => stop.status === 'settled').map((stop) => stop.order);
}

/** Return where each stop that is not done comes. */
function places(duty: Duty, done: ReadonlySet<number>): Map<number, Where> {
  const found = new Map<number, Where>();
  for (const trip of duty.trips) {
    const open = trip.stops.filter((stop) => !done.has(stop.order));
    open.forEach((stop, index) => {
      found.set(stop.order, { stop, trip: trip.number, after: open[index - 1]?.order ?? null });
    });
  }
  return found;
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
