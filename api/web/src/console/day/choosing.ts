// Which stops the list shows: of one courier, or only those that somebody should look at.
import type { StopDay } from './types.ts';
import { LATE } from './words.ts';

export const SIFTS = ['all', 'open', 'trouble'] as const;
export type Sift = (typeof SIFTS)[number];

const SERVED = new Set(['handed_over', 'left_as_agreed', 'collected']);

/** Return whether somebody should look at a stop: not handed over, much too late, or contradicted. */
export function troubled(stop: StopDay, now: number): boolean {
  if (stop.status === 'handed_back' || stop.doubled || stop.unaccounted > 0 || stop.beside_plan) return true;
  if (stop.outcome !== null) return !SERVED.has(stop.outcome) || (stop.late_seconds ?? 0) > LATE;
  return stop.planned_at !== null && now - Date.parse(stop.planned_at) > LATE * 1000;
}

/** Return the stops to show, in their order. */
export function sifted(stops: readonly StopDay[], courier: string | null, sift: Sift, now: number): StopDay[] {
  return stops.filter(
    (stop) =>
      (courier === null || stop.courier === courier || stop.by_courier === courier) &&
      (sift === 'all' || (sift === 'open' ? stop.status !== 'settled' : troubled(stop, now))),
  );
}

/** Return the couriers of stops, in the order of their codes. */
export function couriersOf(stops: readonly StopDay[]): string[] {
  const codes = stops.flatMap((stop) => (stop.courier === null ? [] : [stop.courier]));
  return [...new Set(codes)].sort();
}
