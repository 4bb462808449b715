// The parts of the bar of a day: every stop is in one of them.
import type { Counts } from '../live/types.ts';

export type Part = 'served' | 'not_served' | 'under_way' | 'waiting' | 'handed_back';

/** Return how many stops each part has, and its share of all. */
export function partsOf(counts: Counts): { part: Part; count: number; share: number }[] {
  const parts: [Part, number][] = [
    ['served', counts.served],
    ['not_served', counts.settled - counts.served],
    ['under_way', counts.under_way],
    ['waiting', counts.waiting],
    ['handed_back', counts.handed_back],
  ];
  return parts.map(([part, count]) => ({ part, count, share: counts.stops > 0 ? count / counts.stops : 0 }));
}
