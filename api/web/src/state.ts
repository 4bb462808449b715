// What the page shows, and how each thing that happens changes it. Nothing here touches the screen.
import type { Basemap, Route, Service, Site } from './service/types.ts';
import { type Choosing, type ChoosingEvent, nextChoosing, NOT_CHOOSING } from './choosing.ts';
import {
  type Comparing,
  type ComparingEvent,
  nextComparing,
  NOT_COMPARING,
} from './comparing.ts';
import { type Effecting, type EffectingEvent, nextEffecting, NO_EFFECT } from './effecting.ts';
import { EMPTY_HAND, nextPlacing, type Placing, type PlacingEvent } from './placing.ts';
import { type Listed, type ListedEvent, nextListed, UNLISTED } from './scenarios.ts';
import { nextShapes, NO_SHAPES, type Shapes, type ShapesEvent } from './shapes.ts';
import { nextTrial, type TrialEvent, type Trying, UNTRIED } from './trial.ts';
import { nextWorking, PRESENT, type Working, type WorkingEvent } from './working.ts';

export const LAYERS = ['sites', 'catchment', 'cells', 'bands', 'areas', 'routes'] as const;
export type Layer = (typeof LAYERS)[number];

export interface State {
  basemap: Basemap | null;
  /** Why there is no background; null while it loads or when it is there. */
  noBasemap: string | null;
  sites: Site[] | null;
  selected: string | null;
  shown: Record<Layer, boolean>;
  services: Service[];
  service: Service | null;
  routes: Route[];
  courier: string | null;
  busy: boolean;
  problem: string | null;
  working: Working;
  placing: Placing;
  trying: Trying;
  shapes: Shapes;
  listed: Listed;
  comparing: Comparing;
  choosing: Choosing;
  effecting: Effecting;
}

export type Event =
  | WorkingEvent
  | PlacingEvent
  | TrialEvent
  | ShapesEvent
  | ListedEvent
  | ComparingEvent
  | ChoosingEvent
  | EffectingEvent
  | { type: 'basemap'; basemap: Basemap }
  | { type: 'no basemap'; reason: string }
  | { type: 'sites'; sites: Site[] }
  | { type: 'services'; services: Service[] }
  | { type: 'select'; code: string | null }
  | { type: 'toggle'; layer: Layer }
  | { type: 'choose service'; service: Service | null }
  | { type: 'routes'; service: Service; routes: Route[] }
  | { type: 'choose courier'; courier: string | null }
  | { type: 'problem'; reason: string };

export const START: State = {
  basemap: null,
  noBasemap: null,
  sites: null,
  selected: null,
  shown: { sites: true, catchment: true, cells: true, bands: false, areas: false, routes: true },
  services: [],
  service: null,
  routes: [],
  courier: null,
  busy: false,
  problem: null,
  working: PRESENT,
  placing: EMPTY_HAND,
  trying: UNTRIED,
  shapes: NO_SHAPES,
  listed: UNLISTED,
  comparing: NOT_COMPARING,
  choosing: NOT_CHOOSING,
  effecting: NO_EFFECT,
};

/** Return the state after an event: that of the page, then each concern's own. */
export function next(state: State, event: Event): State {
  return {
    ...nextShown(state, event),
    working: nextWorking(state.working, event),
    placing: nextPlacing(state.placing, event),
    trying: nextTrial(state.trying, event),
    shapes: nextShapes(state.shapes, event),
    listed: nextListed(state.listed, event),
    comparing: nextComparing(state.comparing, event),
    choosing: nextChoosing(state.choosing, event),
    effecting: nextEffecting(state.effecting, event),
  };
}

function nextShown(state: State, event: Event): State {
  switch (event.type) {
    case 'basemap':
      return { ...state, basemap: event.basemap, noBasemap: null };
    case 'no basemap':
      return { ...state, noBasemap: event.reason };
    case 'sites':
      return { ...state, sites: event.sites };
    case 'services':
      return { ...state, services: event.services };
    case 'select':
      return { ...state, selected: event.code };
    case 'toggle':
      return { ...state, shown: { ...state.shown, [event.layer]: !state.shown[event.layer] } };
    case 'choose service':
      return {
        ...state,
        service: event.service,
        routes: [],
        courier: null,
        busy: event.service !== null,
        problem: null,
      };
    case 'routes':
      // The answer to a choice that was taken back meanwhile is not shown.
      return event.service === state.service
        ? { ...state, routes: event.routes, busy: false }
        : state;
    case 'choose courier':
      return { ...state, courier: event.courier };
    case 'problem':
      return { ...state, busy: false, problem: event.reason };
    default:
      return state;
  }
}

/** Return the routes that are drawn. */
export function drawnRoutes(state: State): Route[] {
  if (!state.shown.routes) return [];
  return state.routes.filter(
    (route) =>
      route.geometry !== null &&
      (state.courier === null || route.properties.courier === state.courier),
  );
}

/** Return the couriers of the routes by code, with their trips and portions. */
export function couriers(routes: Route[]): { code: string; trips: number; portions: number }[] {
  const byCode = new Map<string, { code: string; trips: number; portions: number }>();
  for (const { properties } of routes) {
    const one = byCode.get(properties.courier) ?? { code: properties.courier, trips: 0, portions: 0 };
    one.trips += 1;
    one.portions += properties.portions;
    byCode.set(one.code, one);
  }
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
