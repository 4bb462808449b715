// The shapes of sites, drawn the same on the map and in the legend: shape and colour both tell.
import { SITE } from './colours.ts';
import type { SiteKind } from './service/types.ts';

export type Mark = SiteKind | 'closed_canteen' | 'closed_meal_point';

export const SIZE = 24;

const HOUSE = 'M12 2.5 L21.5 10.5 V21.5 H2.5 V10.5 Z'; // a house with its roof
const DIAMOND = 'M12 2 L22 12 L12 22 L2 12 Z';

export const MARKS: Record<Mark, { path: string; fill: string; edge: string }> = {
  canteen: { path: HOUSE, fill: SITE.canteen, edge: '#ffffff' },
  meal_point: { path: DIAMOND, fill: SITE.meal_point, edge: '#ffffff' },
  closed_canteen: { path: HOUSE, fill: '#ffffff', edge: SITE.closed },
  closed_meal_point: { path: DIAMOND, fill: '#ffffff', edge: SITE.closed },
};

/** Return the mark of a site. */
export function markOf(kind: SiteKind, active: boolean): Mark {
  return active ? kind : `closed_${kind}`;
}
