// Two scenarios side by side: which, what differs, and where the divider on the map stands.
import type { Comparison, SiteFigures } from './service/siting.ts';
import type { Event } from './state.ts';

export const COMPARED_LAYERS = ['cells', 'bands'] as const;
export type ComparedLayer = (typeof COMPARED_LAYERS)[number];

export interface Comparing {
  /** Numbers of scenarios; null is the present. */
  before: number | null;
  after: number | null;
  comparison: Comparison | null;
  asking: boolean;
  trouble: string | null;
  /** Whether both are drawn on the map, and how far to the right the divider is, 0 to 1. */
  onMap: boolean;
  divider: number;
  layer: ComparedLayer;
  /** Shapes of each side, of the layer named. */
  shapes: { layer: ComparedLayer; before: Shapes; after: Shapes } | null;
}

type Shapes = GeoJSON.FeatureCollection;

export type ComparingEvent =
  | { type: 'compare'; before: number | null; after: number | null }
  | { type: 'compared'; before: number | null; after: number | null; comparison: Comparison }
  | { type: 'compare trouble'; before: number | null; after: number | null; reason: string }
  | { type: 'compare on map'; on: boolean }
  | { type: 'divide'; at: number }
  | { type: 'compare layer'; layer: ComparedLayer }
  | {
      type: 'compared shapes';
      before: number | null;
      after: number | null;
      shapes: NonNullable<Comparing['shapes']>;
    };

export const NOT_COMPARING: Comparing = {
  before: null,
  after: null,
  comparison: null,
  asking: false,
  trouble: null,
  onMap: false,
  divider: 0.5,
  layer: 'cells',
  shapes: null,
};

/** Return the comparison after an event. */
export function nextComparing(comparing: Comparing, event: Event): Comparing {
  switch (event.type) {
    case 'compare': {
      const { before, after } = event;
      const asking = before !== after;
      const empty = { comparison: null, shapes: null, trouble: null };
      return { ...comparing, ...empty, before, after, asking, onMap: asking && comparing.onMap };
    }
    case 'compared':
      // An answer about two others is dropped.
      return isAbout(comparing, event)
        ? { ...comparing, comparison: event.comparison, asking: false }
        : comparing;
    case 'compare trouble':
      return isAbout(comparing, event)
        ? { ...comparing, asking: false, onMap: false, trouble: event.reason }
        : comparing;
    case 'compare on map':
      return { ...comparing, onMap: event.on && comparing.comparison !== null };
    case 'divide':
      return { ...comparing, divider: Math.min(Math.max(event.at, 0), 1) };
    case 'compare layer':
      return { ...comparing, layer: event.layer, shapes: null };
    case 'compared shapes':
      return isAbout(comparing, event) && event.shapes.layer === comparing.layer
        ? { ...comparing, shapes: event.shapes }
        : comparing;
    case 'take tool':
    case 'take site':
      return { ...comparing, onMap: false }; // the map is needed for what is worked on
    case 'draw candidates':
      return event.on ? { ...comparing, onMap: false } : comparing;
    case 'whom':
    case 'saved':
      // Of other people, or of a version that is no longer the newest.
      return { ...NOT_COMPARING, divider: comparing.divider, layer: comparing.layer };
    default:
      return comparing;
  }
}

function isAbout(
  comparing: Comparing,
  event: { before: number | null; after: number | null },
): boolean {
  return comparing.before === event.before && comparing.after === event.after;
}

const STEP = 0.02;
const LEAP = 0.1;

/** Return where a key moves the divider; null where the key means nothing here. */
export function divided(at: number, key: string): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: at - STEP, ArrowDown: at - STEP, ArrowRight: at + STEP, ArrowUp: at + STEP,
    PageDown: at - LEAP, PageUp: at + LEAP, Home: 0, End: 1,
  }; // prettier-ignore
  const to = moves[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), 1);
}

/** A site before and after; null where it is not there. */
export interface SitePair {
  code: string;
  name: string;
  before: SiteFigures | null;
  after: SiteFigures | null;
}

/** Return the sites of both sides, each once: those of before first. */
export function sitePairs({ before, after }: Comparison): SitePair[] {
  const then = new Map(after.sites.map((site) => [site.code, site]));
  const was = new Set(before.sites.map(({ code }) => code));
  return [
    ...before.sites.map((site) => ({ site, after: then.get(site.code) ?? null, before: site })),
    ...after.sites
      .filter(({ code }) => !was.has(code))
      .map((site) => ({ site, after: site, before: null })),
  ].map(({ site, ...both }) => ({ code: site.code, name: site.name, ...both }));
}
