// The plan as the table shows it: duties, joined with windows, locks, reports and the revision before.
import type { CourierDay } from '../live/types.ts';
import type { Courier, Duty, Loaded, Lock, Order, Proposal, Stop, StopDay, Summary, Trip } from './types.ts';

export type Done = 'delivered' | 'not_delivered' | 'under_way' | 'handed_back';

/** How a stop differs from the revision published before. */
export type Changed = { kind: 'new' } | { kind: 'courier'; from: string } | { kind: 'time'; from: string };

export interface ShownStop extends Stop {
  courier: string;
  trip: number;
  window: { from: string; to: string } | null;
  locked: boolean;
  changed: Changed | null;
  done: Done | null;
}

export interface ShownTrip extends Omit<Trip, 'stops'> {
  stops: ShownStop[];
}

export interface ShownDuty extends Omit<Duty, 'trips'> {
  locked: boolean;
  trips: ShownTrip[];
  stops: number;
  portions: number;
}

const SERVED = new Set(['handed_over', 'left_as_agreed', 'collected']);
const RETIMED = 60_000; // milliseconds from which on people call it another time

/** Return the duties with all that is known of their stops, by courier's code. */
export function shownDuties(
  loaded: Pick<Loaded, 'duties' | 'before' | 'orders' | 'locks'>,
  days: readonly StopDay[],
): ShownDuty[] {
  const windows = new Map(loaded.orders.map((order) => [order.id, windowOf(order)]));
  const reported = new Map(days.map((one) => [one.door.order, doneOf(one)]));
  const before = loaded.before && new Map(visits(loaded.before));
  const { orders, couriers } = lockedOf(loaded.locks);
  return [...loaded.duties]
    .sort((one, other) => one.courier.localeCompare(other.courier))
    .map((duty) => ({
      ...duty,
      locked: couriers.has(duty.courier),
      stops: duty.trips.reduce((sum, trip) => sum + trip.stops.length, 0),
      portions: duty.trips.reduce((sum, trip) => sum + trip.portions, 0),
      trips: duty.trips.map((trip) => ({
        ...trip,
        stops: trip.stops.map((stop) => ({
          ...stop,
          courier: duty.courier,
          trip: trip.number,
          window: windows.get(stop.order) ?? null,
          locked: orders.has(stop.order),
          changed: before && changedFrom(before.get(stop.order), duty.courier, stop),
          done: reported.get(stop.order) ?? null,
        })),
      })),
    }));
}

function lockedOf(locks: readonly Lock[]): { orders: Set<number>; couriers: Set<string> } {
  return {
    orders: new Set(locks.flatMap(({ order }) => (order === null ? [] : [order]))),
    couriers: new Set(locks.flatMap(({ courier }) => (courier === null ? [] : [courier]))),
  };
}

type Visit = { courier: string; arrives_at: string };

function visits(duties: readonly Duty[]): [number, Visit][] {
  return duties.flatMap(({ courier, trips }) =>
    trips.flatMap(({ stops }) =>
      stops.map(({ order, arrives_at }): [number, Visit] => [order, { courier, arrives_at }]),
    ),
  );
}

function changedFrom(was: Visit | undefined, courier: string, stop: Stop): Changed | null {
  if (was === undefined) return { kind: 'new' };
  if (was.courier !== courier) return { kind: 'courier', from: was.courier };
  const moved = Math.abs(Date.parse(stop.arrives_at) - Date.parse(was.arrives_at)) >= RETIMED;
  return moved ? { kind: 'time', from: was.arrives_at } : null;
}

function windowOf({ window_from, window_to }: Order): ShownStop['window'] {
  return window_from === null || window_to === null
    ? null
    : { from: window_from.slice(0, 5), to: window_to.slice(0, 5) };
}

function doneOf({ status, outcome }: StopDay): Done | null {
  if (outcome !== null) return SERVED.has(outcome) ? 'delivered' : 'not_delivered';
  return status === 'under_way' || status === 'handed_back' ? status : null;
}

/** Return the revision published before another one; null where there was none. */
export function publishedBefore(revisions: readonly Summary[], number: number): number | null {
  const earlier = revisions.filter((one) => one.published_at !== null && one.number < number);
  return earlier.length === 0 ? null : Math.max(...earlier.map((one) => one.number));
}

/**
 * Return the couriers whose duty changed after the first revision and who have not confirmed having
 * seen it, with the revision that they should see.
 */
export function unseen(
  duties: readonly ShownDuty[],
  proposals: readonly Pick<Proposal, 'state' | 'revision' | 'couriers'>[],
  progress: readonly Pick<CourierDay, 'courier' | 'progress'>[],
  revision: number,
): { courier: string; revision: number }[] {
  const wanted = new Map<string, number>();
  const want = (courier: string, number: number) =>
    wanted.set(courier, Math.max(number, wanted.get(courier) ?? 0));
  for (const duty of duties)
    if (duty.trips.some((trip) => trip.stops.some((stop) => stop.changed !== null)))
      want(duty.courier, revision);
  for (const { state, revision: became, couriers } of proposals)
    if (state === 'accepted' && became !== null) for (const courier of couriers) want(courier, became);
  return progress.flatMap(({ courier, progress: { seen } }) => {
    const number = wanted.get(courier);
    return number !== undefined && (seen ?? 0) < number ? [{ courier, revision: number }] : [];
  });
}

/** Somebody who can be given a trip. */
export interface Carrier {
  courier: string;
  courier_name: string | null;
  canteen: string;
}

/** Return who has a duty, then the other couriers in use, by code. */
export function carriersOf(duties: readonly ShownDuty[], couriers: readonly Courier[]): Carrier[] {
  const busy = new Set(duties.map((duty) => duty.courier));
  const free = couriers
    .filter(({ code, active }) => active && !busy.has(code))
    .map(({ code, name, canteen }) => ({ courier: code, courier_name: name, canteen }))
    .sort((one, other) => one.courier.localeCompare(other.courier));
  return [...duties, ...free];
}

/** Return the stop of an order. */
export function stopOf(duties: readonly ShownDuty[], order: number): ShownStop | null {
  for (const duty of duties)
    for (const trip of duty.trips)
      for (const stop of trip.stops) if (stop.order === order) return stop;
  return null;
}
