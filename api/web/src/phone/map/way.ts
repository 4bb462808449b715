// Draws the way of a trip on the small map: the leg to the stop in colour, the other stops as numbers.
import '@fontsource-variable/noto-sans-sc/index.css';
import 'maplibre-gl/dist/maplibre-gl.css';

import { type LayerSpecification, Map as MapView, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import { GROUND, ROUTES, SITE } from '../../colours.ts';
import { declaredFaces, fontFaces, LABEL_FONT } from '../../map/fonts.ts';
import { groundStyle } from '../../map/ground.ts';
import type { Client } from '../client.ts';
import type { Language, Say } from '../texts.ts';
import type { Leg, Pair, Stop, Trip } from '../types.ts';

export interface Wanted {
  stop: Pick<Stop, 'order'>;
  trip: { stops: readonly Pick<Stop, 'order' | 'number' | 'place'>[] } & Pick<Trip, 'number'>;
  legs: readonly Leg[];
  client: Client;
  language: Language;
  say: Say;
}

/** Return whether this browser can draw the map at all. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/** Open the map in a box of the page; returns what closes it. */
export async function openWayMap(box: HTMLElement, wanted: Wanted): Promise<() => void> {
  const { client, language, say } = wanted;
  const ground = await client.basemap();
  setWorkerUrl(workerUrl);
  const map = new MapView({
    container: box,
    style: groundStyle(ground, language, fontFaces(declaredFaces(document), LABEL_FONT), location.origin),
    bounds: around(wanted),
    fitBoundsOptions: { padding: 40, maxZoom: 17 },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    cooperativeGestures: false,
    attributionControl: { compact: true },
    transformRequest: (url) =>
      url.startsWith(`${location.origin}/api/`) ? { url, headers: client.headers } : { url },
    locale: {
      'Map.Title': say('map'),
      'NavigationControl.ZoomIn': say('zoom_in'),
      'NavigationControl.ZoomOut': say('zoom_out'),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.on('load', () => {
    map.addSource('way', { type: 'geojson', data: shapes(wanted) });
    for (const layer of LAYERS) map.addLayer(layer);
  });
  map.on('idle', () => box.setAttribute('data-ready', ''));
  return () => map.remove();
}

const IS_LINE = ['==', ['geometry-type'], 'LineString'] as const;
const IS_STOP = ['==', ['geometry-type'], 'Point'] as const;

const LAYERS = [
  {
    id: 'way-edge',
    type: 'line',
    source: 'way',
    filter: IS_LINE,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': GROUND.halo, 'line-width': ['case', ['get', 'wanted'], 10, 6] },
  },
  {
    id: 'way',
    type: 'line',
    source: 'way',
    filter: IS_LINE,
    layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': ['case', ['get', 'wanted'], 1, 0] },
    paint: {
      'line-color': ['case', ['get', 'wanted'], ROUTES[0], ROUTES[7]],
      'line-width': ['case', ['get', 'wanted'], 6, 2.5],
    },
  },
  {
    id: 'stop',
    type: 'circle',
    source: 'way',
    filter: IS_STOP,
    paint: {
      'circle-radius': ['case', ['get', 'wanted'], 15, 11],
      'circle-color': ['case', ['get', 'wanted'], SITE.canteen, SITE.chosen],
      'circle-stroke-color': GROUND.halo,
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'stop-number',
    type: 'symbol',
    source: 'way',
    filter: IS_STOP,
    layout: {
      'text-field': ['get', 'number'],
      'text-font': [LABEL_FONT],
      'text-size': 15,
      'text-allow-overlap': true,
      'symbol-sort-key': ['case', ['get', 'wanted'], 0, 1],
    },
    paint: { 'text-color': GROUND.halo },
  },
] as unknown as LayerSpecification[];

function shapes({ stop, trip, legs }: Wanted): GeoJSON.FeatureCollection {
  const feature = (geometry: GeoJSON.Geometry, properties: object): GeoJSON.Feature => ({
    type: 'Feature',
    geometry,
    properties: { ...properties },
  });
  const lines = legs.map((leg) =>
    feature({ type: 'LineString', coordinates: leg.line }, { wanted: leg.order === stop.order }),
  );
  const points = trip.stops.flatMap((one) =>
    one.place === null
      ? []
      : [
          feature(
            { type: 'Point', coordinates: one.place.wgs84 },
            { number: String(one.number), wanted: one.order === stop.order },
          ),
        ],
  );
  return { type: 'FeatureCollection', features: [...lines, ...points] };
}

/** Return west, south, east, north of the wanted leg, or of the whole way. */
function around({ stop, legs }: Pick<Wanted, 'stop' | 'legs'>): [number, number, number, number] {
  const leg = legs.find((one) => one.order === stop.order);
  const line: readonly Pair[] = leg?.line ?? legs.flatMap((one) => one.line);
  const lons = line.map(([lon]) => lon);
  const lats = line.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
