// What is drawn over the background: coverage, routes, then sites, each from one source of GeoJSON.
import type { LayerSpecification, Map as MapView } from 'maplibre-gl';

import { colourOf, GROUND, SITE } from '../colours.ts';
import { lookOf } from '../marks.ts';
import type { Route } from '../service/types.ts';
import { keyOf, type ShownSite, sitesNow } from '../sites.ts';
import { drawnRoutes, type State } from '../state.ts';
import type { Say } from '../texts.ts';
import { refusals } from '../trial.ts';
import { addCandidates, drawCandidates } from './candidates.ts';
import { addCoverage, drawCoverage } from './coverage.ts';
import { LABEL_FONT } from './fonts.ts';
import { collection, put } from './sources.ts';

const SITES = 'sites';
const ROUTES = 'routes';
export const SITE_LAYER = 'site';

const halo = { 'text-halo-color': GROUND.halo, 'text-halo-width': 1.6 } as const;

const LAYERS: LayerSpecification[] = [
  {
    id: 'route-edge',
    type: 'line',
    source: ROUTES,
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': GROUND.halo, 'line-width': 6 },
  },
  {
    id: 'route',
    type: 'line',
    source: ROUTES,
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': ['get', 'colour'], 'line-width': 3.5 },
  },
  {
    id: 'route-name',
    type: 'symbol',
    source: ROUTES,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 220,
      'text-field': ['get', 'courier'],
      'text-font': [LABEL_FONT],
      'text-size': 12,
    },
    paint: { ...halo, 'text-color': ['get', 'colour'] },
  },
  {
    id: 'site-chosen',
    type: 'circle',
    source: SITES,
    filter: ['get', 'chosen'],
    paint: {
      'circle-radius': 18,
      'circle-color': 'rgba(255,255,255,0.6)',
      'circle-stroke-color': SITE.chosen,
      'circle-stroke-width': 3,
    },
  },
  {
    id: SITE_LAYER,
    type: 'symbol',
    source: SITES,
    layout: {
      'icon-image': ['get', 'mark'],
      'icon-allow-overlap': true,
      'text-field': ['get', 'name'],
      'text-font': [LABEL_FONT],
      'text-size': 13,
      'text-anchor': 'top',
      'text-offset': [0, 1],
      'text-max-width': 8,
      'text-optional': true,
    },
    paint: { ...halo, 'text-color': SITE.chosen },
  },
];

/** Add the sources and layers, empty. */
export function addLayers(map: MapView): void {
  addCoverage(map);
  for (const id of [SITES, ROUTES]) map.addSource(id, { type: 'geojson', data: collection([]) });
  for (const layer of LAYERS) map.addLayer(layer);
  addCandidates(map);
}

/** Draw what a state shows; return whether anything new was drawn. */
export function draw(map: MapView, state: State, say: Say): boolean {
  const { sites, selected, routes, courier, shown, working, trying } = state;
  const coverage = drawCoverage(map, state, say);
  const refused = refusals(trying);
  const drawnSites = put(
    map,
    SITES,
    [sites, working.changes, selected, shown.sites, [...refused.keys()].join()],
    () => {
      const all = shown.sites ? sitesNow(sites ?? [], working.changes) : [];
      return siteShapes(all, selected, refused);
    },
  );
  const drawnWays = put(map, ROUTES, [routes, courier, shown.routes], () =>
    routeShapes(drawnRoutes(state), routes),
  );
  const candidates = drawCandidates(map, state);
  return coverage || drawnSites || drawnWays || candidates;
}

/** Return the sites that have a place, with what their drawing depends on. */
export function siteShapes(
  sites: ShownSite[],
  selected: string | null,
  refused: ReadonlyMap<string, string>,
): GeoJSON.FeatureCollection {
  return collection(
    sites.map((site) => ({
      type: 'Feature',
      geometry: site.geometry,
      properties: {
        name: site.properties.name,
        key: keyOf(site),
        mark: lookOf(site, refused),
        chosen: keyOf(site) === selected,
      },
    })),
  );
}

/** Return routes with the colours of their couriers among all couriers of the plan. */
export function routeShapes(drawn: Route[], all: Route[]): GeoJSON.FeatureCollection {
  const colours = colourOf(all.map((route) => route.properties.courier));
  return collection(
    drawn.map((route) => ({
      ...route,
      properties: {
        courier: route.properties.courier,
        colour: colours.get(route.properties.courier),
      },
    })),
  );
}
