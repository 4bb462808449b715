// Shapes of coverage that layers draw: hexagons of people, areas, walking bands; and of what they are.
import type { Content } from './service/scenarios.ts';
import type { Event, State } from './state.ts';
import { hasAreas, type Whom } from './trial.ts';
import { contentOf } from './working.ts';

export const COVERAGE_LAYERS = ['cells', 'bands', 'areas'] as const;
export type CoverageLayer = (typeof COVERAGE_LAYERS)[number];

/** Of which coverage shapes are wanted. */
export interface Wanted extends Whom {
  layer: CoverageLayer;
  content: Content;
}

export interface Drawn {
  of: Wanted;
  shapes: GeoJSON.FeatureCollection | null;
  /** Why there are none. */
  problem: string | null;
}

export type Shapes = Record<CoverageLayer, Drawn | null>;

export type ShapesEvent = { type: 'shapes'; drawn: Drawn };

export const NO_SHAPES: Shapes = { cells: null, bands: null, areas: null };

/** Return the shapes after an event. */
export function nextShapes(shapes: Shapes, event: Event): Shapes {
  switch (event.type) {
    case 'shapes':
      return { ...shapes, [event.drawn.of.layer]: event.drawn };
    case 'open':
    case 'whom':
      return NO_SHAPES;
    default:
      return shapes;
  }
}

/** Return the shapes that should be asked for: layers that are on and show something older. */
export function missing(state: Pick<State, 'shown' | 'shapes' | 'working' | 'trying'>): Wanted[] {
  const { population, boundaries } = state.trying;
  const content = contentOf(state.working);
  const there = COVERAGE_LAYERS.filter((layer) => layer !== 'areas' || hasAreas(state.trying));
  return there
    .filter((layer) => state.shown[layer])
    .map((layer) => ({ layer, content, population, boundaries }))
    .filter((wanted) => {
      const of = state.shapes[wanted.layer]?.of;
      return of === undefined || !same(of, wanted);
    });
}

/** Return whether two are about the same coverage; changes are replaced, never edited in place. */
function same(one: Wanted, other: Wanted): boolean {
  return (
    one.content.changes === other.content.changes &&
    one.content.assumptions === other.content.assumptions &&
    one.population === other.population &&
    one.boundaries === other.boundaries
  );
}
