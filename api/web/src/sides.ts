// One side of a comparison as a state of its own, so that a map draws it like any other.
import { EMPTY_HAND } from './placing.ts';
import { NO_SHAPES } from './shapes.ts';
import type { State } from './state.ts';
import { UNTRIED } from './trial.ts';
import { contentOf, nextWorking, PRESENT } from './working.ts';

/** Return what the map of one side shows: its scenario's sites, and the layer that is compared. */
export function sideOf(state: State, side: 'before' | 'after'): State {
  const { comparing, listed, trying } = state;
  const { layer, shapes } = comparing;
  const scenario = listed.list?.find(({ id }) => id === comparing[side]) ?? null;
  const working = nextWorking(PRESENT, { type: 'open', scenario });
  const { population, boundaries } = trying;
  const of = { layer, content: contentOf(working), population, boundaries };
  return {
    ...state,
    selected: null,
    working,
    placing: EMPTY_HAND,
    trying: UNTRIED,
    shapes: shapes === null ? NO_SHAPES : { ...NO_SHAPES, [layer]: { of, shapes: shapes[side], problem: null } },
    shown: {
      sites: true,
      catchment: false,
      cells: layer === 'cells',
      bands: layer === 'bands',
      areas: false,
      routes: false,
    },
  };
}
