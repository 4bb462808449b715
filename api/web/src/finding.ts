// Search by name or address: what is typed, what was found for it, which of that is chosen.
import type { Place, PlaceKind } from './service/places.ts';
import type { Event } from './state.ts';

export interface Finding {
  /** What stands in the box. */
  query: string;
  places: Place[];
  /** The query that the places were found for; null while nothing was answered. */
  answered: string | null;
  /** Whether the list hangs open, and which of it the arrow keys stand on; null: none. */
  open: boolean;
  active: number | null;
  chosen: Place | null;
  problem: string | null;
}

export type FindingEvent =
  | { type: 'seek'; query: string }
  | { type: 'places'; query: string; places: Place[] }
  | { type: 'no places'; query: string; reason: string }
  | { type: 'step'; to: Step }
  | { type: 'fold places' }
  | { type: 'choose place'; place: Place | null };

export type Step = 'next' | 'previous' | 'first' | 'last';

export const NOTHING_SOUGHT: Finding = {
  query: '',
  places: [],
  answered: null,
  open: false,
  active: null,
  chosen: null,
  problem: null,
};

/** Return the search after an event; an answer to what is no longer asked changes nothing. */
export function nextFinding(finding: Finding, event: Event): Finding {
  switch (event.type) {
    case 'seek': {
      const query = event.query;
      if (sought(query) === null) return { ...NOTHING_SOUGHT, query, chosen: finding.chosen };
      // What was found for the beginning of a word stays until the word is answered.
      const kept = finding.answered !== null && sought(query)?.startsWith(finding.answered);
      const places = kept ? finding.places : [];
      return { ...finding, query, places, open: true, active: null, problem: null };
    }
    case 'places':
      if (event.query !== sought(finding.query)) return finding;
      return { ...finding, places: event.places, answered: event.query, active: null };
    case 'no places':
      if (event.query !== sought(finding.query)) return finding;
      return { ...finding, places: [], answered: null, problem: event.reason };
    case 'step':
      if (finding.places.length === 0) return finding;
      return { ...finding, open: true, active: stepped(finding, event.to) };
    case 'fold places':
      return { ...finding, open: false, active: null };
    case 'choose place':
      if (event.place === null) return NOTHING_SOUGHT;
      return { ...finding, query: event.place.name, chosen: event.place, open: false, active: null };
    default:
      return finding;
  }
}

/** Return what to ask for of what is typed; null if there is nothing to ask. */
export function sought(query: string): string | null {
  return query.trim() || null;
}

/** Return the name of a place in a language. */
export function nameOf(place: Place, language: 'zh' | 'en'): string {
  return language === 'en' && place.english ? `${place.english} ${place.name}` : place.name;
}

/** Return from which zoom on one sees a place and what is around it. */
export function zoomFor(kind: PlaceKind): number {
  return ['settlement', 'area', 'water'].includes(kind) ? 13.5 : kind === 'street' ? 15 : 16;
}

function stepped({ places, active, open }: Finding, to: Step): number {
  const last = places.length - 1;
  switch (to) {
    case 'next':
      return active === null || active === last ? 0 : active + 1;
    case 'previous':
      return !open || active === null || active === 0 ? last : active - 1;
    case 'first':
      return 0;
    case 'last':
      return last;
  }
}
