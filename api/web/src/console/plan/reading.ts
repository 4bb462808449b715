// The plan as the table shows it: duties, joined with windows, locks and reports.
import type { Courier, Duty, Loaded, Lock, Order, Stop, StopDay, Summary, Trip } from './types.ts';

export type Done = 'delivered' | 'not_delivered' | 'under_way' | 'handed_back';

export interface ShownStop extends Stop {
  courier: string;
  trip: number;
  window: { from: string; to: string } | null;
  locked: boolean;
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

/** Return the duties with all that is known of their stops, by courier's code. */
export function shownDuties(
  loaded: Pick<Loaded, 'duties' | 'orders' | 'locks'>,
  days: readonly StopDay[],
): ShownDuty[] {
  const windows = new Map(loaded.orders.map((order) => [order.id, windowOf(order)]));
  const reported = new Map(days.map((one) => [one.door.order, doneOf(one)]));
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
