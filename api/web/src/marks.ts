// The shapes of sites, drawn the same on the map and in the legend: shape, colour and sign all tell.
import { SITE } from './colours.ts';
import type { SiteKind } from './service/types.ts';
import type { ShownSite } from './sites.ts';

export type Look = 'open' | 'closed' | 'new' | 'given_up' | 'refused';
export type Mark = `${SiteKind}-${Look}`;

export const SIZE = 24;

const HOUSE = 'M12 2.5 L21.5 10.5 V21.5 H2.5 V10.5 Z'; // a house with its roof
const DIAMOND = 'M12 2 L22 12 L12 22 L2 12 Z';
const PLUS = 'M12 8.5 V17.5 M7.5 13 H16.5';
const CROSS = 'M8.5 9.5 L15.5 17 M15.5 9.5 L8.5 17';
const CALL = 'M12 7.5 V14 M12 16.5 V18.5'; // an exclamation mark

export interface Picture {
  path: string;
  fill: string;
  edge: string;
  /** Drawn over the shape, in a colour of its own. */
  sign: string | null;
  ink: string;
}

const COLOURS: Record<SiteKind, string> = { canteen: SITE.canteen, meal_point: SITE.meal_point };

function picture(kind: SiteKind, look: Look): Picture {
  const path = kind === 'canteen' ? HOUSE : DIAMOND;
  const full = { path, fill: COLOURS[kind], edge: '#ffffff', ink: '#ffffff' };
  const hollow = { path, fill: '#ffffff' };
  switch (look) {
    case 'open':
      return { ...full, sign: null };
    case 'new':
      return { ...full, edge: SITE.chosen, sign: PLUS };
    case 'closed':
      return { ...hollow, edge: SITE.closed, sign: null, ink: SITE.closed };
    case 'given_up':
      return { ...hollow, edge: SITE.closed, sign: CROSS, ink: SITE.chosen };
    case 'refused':
      return { ...hollow, edge: SITE.refused, sign: CALL, ink: SITE.refused };
  }
}

const LOOKS = ['open', 'closed', 'new', 'given_up', 'refused'] as const;

export const MARKS: Record<Mark, Picture> = Object.fromEntries(
  (['canteen', 'meal_point'] as const).flatMap((kind) =>
    LOOKS.map((look) => [`${kind}-${look}`, picture(kind, look)]),
  ),
) as Record<Mark, Picture>;

/** Return the mark of a site of the records. */
export function markOf(kind: SiteKind, active: boolean): Mark {
  return `${kind}-${active ? 'open' : 'closed'}`;
}

/** Return the mark of a site as a scenario has it. */
export function lookOf(site: ShownSite, refused: ReadonlyMap<string, string>): Mark {
  const { kind, code, active } = site.properties;
  if (site.fate === 'closed') return `${kind}-given_up`;
  if (refused.has(code)) return `${kind}-refused`;
  return site.fate === 'new' ? `${kind}-new` : markOf(kind, active);
}
