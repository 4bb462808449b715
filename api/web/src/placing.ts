// Which site is in the hand: a new one that waits for its place, or one that is moved.
import type { AddSite } from './service/scenarios.ts';
import type { Meal, Position, SiteKind } from './service/types.ts';
import type { Event } from './state.ts';
import { codeOf } from './sites.ts';

export interface Placing {
  /** The next click places a new site of this kind. */
  tool: SiteKind | null;
  /** Code of the site that clicks, drags and arrow keys move. */
  moving: string | null;
}

export type PlacingEvent =
  | { type: 'take tool'; kind: SiteKind }
  | { type: 'take site'; site: string }
  | { type: 'put down' };

export const EMPTY_HAND: Placing = { tool: null, moving: null };

const METRES_PER_DEGREE = 111_195;
/** Usual hours of a new site; the service asks only that they touch those of the meal. */
const HOURS: Record<Meal, [opens: string, closes: string]> = {
  lunch: ['10:30', '12:30'],
  dinner: ['16:30', '18:30'],
};

/** Return what is in the hand after an event. */
export function nextPlacing(placing: Placing, event: Event): Placing {
  switch (event.type) {
    case 'take tool':
      return { tool: event.kind, moving: null };
    case 'take site':
      return { tool: null, moving: event.site };
    case 'put down':
    case 'open':
    case 'undo':
      return EMPTY_HAND;
    case 'select':
      return event.code !== null && codeOf(event.code) === placing.moving ? placing : EMPTY_HAND;
    case 'change':
      // A site that was just placed stays in the hand: a next click tries another place.
      if (event.change.do === 'add' && placing.tool !== null)
        return { tool: null, moving: event.change.site };
      if (event.change.do === 'close') return EMPTY_HAND;
      return placing;
    default:
      return placing;
  }
}

/** Return a new site at a place. */
export function newSite(
  site: string,
  kind: SiteKind,
  name: string,
  at: Position,
  meal: Meal,
): AddSite {
  const [lon, lat] = rounded(at);
  const [opens, closes] = HOURS[meal];
  return { do: 'add', site, kind, name, lon, lat, capacity: null, opens, closes };
}

/** Return a place some metres to the east and to the north. */
export function shifted([lon, lat]: Position, east: number, north: number): Position {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  return rounded([
    lon + east / (METRES_PER_DEGREE * squeeze),
    lat + north / METRES_PER_DEGREE,
  ]);
}

/** Return a place to about 10 cm. */
export function rounded([lon, lat]: Position): Position {
  return [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
}
