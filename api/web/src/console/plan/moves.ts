// Moves by hand that are being tried: kept in a list, priced by the service, sent all together.
import type { ShownDuty, ShownStop } from './reading.ts';

export interface StopMoved {
  kind: 'stop_moved';
  order: number;
  courier: string;
  /** null: a new trip. */
  trip: number | null;
  /** Among its stops, from 1; null: where it is best. */
  place: number | null;
  /** Of a new trip, "11:20"; null: when it is best. */
  departs: string | null;
}

export interface TripMoved {
  kind: 'trip_moved';
  courier: string;
  trip: number;
  to: string;
  departs: string | null;
}

export interface StopTakenOut {
  kind: 'stop_taken_out';
  order: number;
}

export type Move = StopMoved | TripMoved | StopTakenOut;

/** Most moves that one question may have. */
export const MOST_MOVES = 20;

/** What a move is about: an order moves once, and so does a trip. */
function subjectOf(move: Move): string {
  return move.kind === 'trip_moved' ? `${move.courier}/${move.trip}` : String(move.order);
}

/** Return the list with one move more; an earlier one about the same thing gives way. */
export function withMove(moves: readonly Move[], move: Move): Move[] {
  const rest = moves.filter((one) => subjectOf(one) !== subjectOf(move));
  return [...rest, move].slice(-MOST_MOVES);
}

/** Return the move that a drop of a stop on another one, or on a trip (no place), means; null: none. */
export function dropped(
  stop: Pick<ShownStop, 'order' | 'courier' | 'trip' | 'number'>,
  on: { courier: string; trip: number; place: number | null },
): StopMoved | null {
  const same = stop.courier === on.courier && stop.trip === on.trip;
  if (same && (on.place === null || on.place === stop.number)) return null;
  return { kind: 'stop_moved', order: stop.order, courier: on.courier, trip: on.trip, place: on.place, departs: null };
}

/** Return how many places a stop can take on a trip: one more than there are other stops. */
export function placesOn(duties: readonly ShownDuty[], courier: string, trip: number, order: number): number {
  const stops = duties.find((duty) => duty.courier === courier)?.trips.find((one) => one.number === trip)?.stops ?? [];
  return stops.filter((stop) => stop.order !== order).length + 1;
}
