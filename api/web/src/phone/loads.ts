// What to load for a trip: special meals by person first, then the ordinary ones by count.
import type { Special, Trip } from './types.ts';

export interface Load {
  specials: Special[];
  /** Portions by kind; the ordinary kind has no diets and comes last. */
  kinds: { diets: string[]; portions: number }[];
  portions: number;
}

/** Return what to load for a trip. */
export function loadOf(trip: Pick<Trip, 'portions' | 'specials'>): Load {
  const kinds = new Map<string, { diets: string[]; portions: number }>();
  for (const { diets, portions } of trip.specials) {
    const key = [...diets].sort().join('\n');
    const kind = kinds.get(key) ?? { diets, portions: 0 };
    kinds.set(key, { ...kind, portions: kind.portions + portions });
  }
  const special = trip.specials.reduce((sum, one) => sum + one.portions, 0);
  const ordinary = trip.portions - special;
  return {
    specials: trip.specials,
    kinds: [...kinds.values(), ...(ordinary > 0 ? [{ diets: [], portions: ordinary }] : [])],
    portions: trip.portions,
  };
}
