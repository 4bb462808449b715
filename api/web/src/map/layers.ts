// What is drawn over the background: routes, then sites, each from one source of GeoJSON.
import type { GeoJSONSource, LayerSpecification, Map as MapView } from 'maplibre-gl';

import { colourOf, GROUND, SITE } from '../colours.ts';
import { markOf } from '../marks.ts';
import type { Route, Site } from '../service/types.ts';
import { drawnRoutes, keyOf, type State } from '../state.ts';
import { LABEL_FONT } from './fonts.ts';

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
  for (const source of [SITES, ROUTES]) map.addSource(source, { type: 'geojson', data: empty() });
  for (const layer of LAYERS) map.addLayer(layer);
}

/** Draw what a state shows. */
export function draw(map: MapView, state: State): void {
  const sites = state.shown.sites ? (state.sites ?? []) : [];
  source(map, SITES).setData(siteShapes(sites, state.selected));
  source(map, ROUTES).setData(routeShapes(drawnRoutes(state), state.routes));
}

/** Return the sites that have a place, with what their drawing depends on. */
export function siteShapes(sites: Site[], selected: string | null): GeoJSON.FeatureCollection {
  return collection(
    sites.map((site) => ({
      ...site,
      properties: {
        name: site.properties.name,
        key: keyOf(site),
        mark: markOf(site.properties.kind, site.properties.active),
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

function collection(
  features: { type: 'Feature'; geometry: GeoJSON.Geometry | null; properties: object }[],
): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: features.filter((one) => one.geometry !== null) as GeoJSON.Feature[],
  };
}

function empty(): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [] };
}

function source(map: MapView, id: string): GeoJSONSource {
  return map.getSource(id) as GeoJSONSource;
}
