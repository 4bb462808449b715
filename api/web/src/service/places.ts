// What the service answers when a place is searched for by name or address.
import type { Position } from './types.ts';

export const PLACE_KINDS = [
  'canteen', 'meal_point', 'area', 'settlement', 'compound', 'street', 'institution', 'station',
  'park', 'water', 'address', 'building', 'other',
] as const; // prettier-ignore
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface Place {
  kind: PlaceKind;
  name: string;
  english: string | null;
  /** Of a canteen or meal point. */
  code: string | null;
  /** Address of a canteen or meal point. */
  detail: string | null;
  /** The street, community or settlement it is in. */
  area: string | null;
  point: Position;
}
