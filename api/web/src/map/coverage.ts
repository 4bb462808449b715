// Layers of coverage under the sites: areas, walking bands, hexagons of people, the chosen catchment.
import type { ExpressionSpecification, LayerSpecification, Map as MapView } from 'maplibre-gl';

import { BANDS, CATCHMENT, GROUND, NO_SHARE, SHARE_STEPS, SHARES } from '../colours.ts';
import { codeOf } from '../sites.ts';
import type { CoverageLayer } from '../shapes.ts';
import type { State } from '../state.ts';
import type { Say } from '../texts.ts';
import { LABEL_FONT } from './fonts.ts';
import { collection, put } from './sources.ts';

const CATCHMENT_SOURCE = 'catchment';
const SOURCES = ['areas', 'bands', 'cells', CATCHMENT_SOURCE] as const;

const halo = { 'text-halo-color': GROUND.halo, 'text-halo-width': 1.8 } as const;

/** The colour of a share, grey where it is not told. */
const shareColour = [
  'case',
  ['==', ['typeof', ['get', 'share']], 'number'],
  ['step', ['get', 'share'], SHARES[0], ...SHARE_STEPS.flatMap((step, place) => [step, SHARES[place + 1]])],
  NO_SHARE,
] as unknown as ExpressionSpecification;

/** Their edges are lines of their own: smoothing them would draw each a second time. */
const PLAIN = { 'fill-antialias': false } as const;

const FILLS: LayerSpecification[] = [
  { id: 'area', type: 'fill', source: 'areas', paint: { 'fill-color': shareColour, 'fill-opacity': 0.45, ...PLAIN } },
  { id: 'band', type: 'fill', source: 'bands', paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.28, ...PLAIN } },
  { id: 'cell', type: 'fill', source: 'cells', paint: { 'fill-color': shareColour, 'fill-opacity': 0.55, ...PLAIN } },
  {
    id: 'catchment',
    type: 'fill',
    source: CATCHMENT_SOURCE,
    paint: { 'fill-color': CATCHMENT.fill, 'fill-opacity': 0.14, ...PLAIN },
  },
]; // prettier-ignore

const LINES: LayerSpecification[] = [
  outline('area-edge', 'areas', '#5a5040', 1.4),
  outline('band-edge', 'bands', ['get', 'colour'], 1.2),
  outline('cell-edge', 'cells', '#ffffff', 0.8),
  {
    id: 'catchment-edge',
    type: 'line',
    source: CATCHMENT_SOURCE,
    paint: {
      'line-color': CATCHMENT.line,
      'line-width': ['case', ['get', 'circle'], 2.6, 1.2],
    },
  },
];

const WORDS: LayerSpecification[] = [
  {
    id: 'cell-count',
    type: 'symbol',
    source: 'cells',
    minzoom: 13.5,
    layout: { 'text-field': ['to-string', ['get', 'people']], 'text-font': [LABEL_FONT], 'text-size': 12 },
    paint: { ...halo, 'text-color': GROUND.text },
  },
  {
    id: 'area-name',
    type: 'symbol',
    source: 'areas',
    layout: { 'text-field': ['get', 'label'], 'text-font': [LABEL_FONT], 'text-size': 13 },
    paint: { ...halo, 'text-color': GROUND.text },
  },
  {
    id: 'catchment-minutes',
    type: 'symbol',
    source: CATCHMENT_SOURCE,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: { 'text-field': ['get', 'label'], 'text-font': [LABEL_FONT], 'text-size': 13, 'text-anchor': 'bottom' },
    paint: { ...halo, 'text-color': CATCHMENT.line },
  },
]; // prettier-ignore

/** Add the sources and layers, empty: fills under the names of the background, so that they are read. */
export function addCoverage(map: MapView): void {
  for (const id of SOURCES) map.addSource(id, { type: 'geojson', data: collection([]) });
  const names = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id;
  for (const layer of [...FILLS, ...LINES]) map.addLayer(layer, names);
  for (const layer of WORDS) map.addLayer(layer);
}

/** Draw the coverage of a state; return whether anything new was drawn. */
export function drawCoverage(map: MapView, state: State, say: Say): boolean {
  const { shapes, shown } = state;
  const layers: [CoverageLayer, () => GeoJSON.FeatureCollection][] = [
    ['areas', () => areaShapes(shapes.areas?.shapes ?? null, say)],
    ['bands', () => bandShapes(shapes.bands?.shapes ?? null)],
    ['cells', () => shapes.cells?.shapes ?? collection([])],
  ];
  const drawn = layers.map(([id, make]) =>
    put(map, id, [shapes[id], shown[id]], () => (shown[id] ? make() : collection([]))),
  );
  const { trial, answered } = state.trying;
  const chosen = state.selected === null ? null : codeOf(state.selected);
  const ours = shown.catchment && answered !== null && answered.site === chosen;
  const catchment = put(map, CATCHMENT_SOURCE, [trial, ours], () =>
    ours ? catchmentShapes(trial?.catchment?.drawn ?? null, circleOf(state), say) : collection([]),
  );
  return [...drawn, catchment].some(Boolean);
}

function circleOf(state: State): number | null {
  return state.trying.trial?.comparison.after.circle_seconds ?? null;
}

/** Return bands, longest first, with their colours. */
export function bandShapes(shapes: GeoJSON.FeatureCollection | null): GeoJSON.FeatureCollection {
  const features = shapes?.features ?? [];
  return collection(
    features.map((one, place) => ({
      ...one,
      properties: { colour: BANDS[Math.min(features.length - 1 - place, BANDS.length - 1)] },
    })),
  );
}

/** Return the catchment with the circle's own edge marked, and its minutes where each is northmost. */
export function catchmentShapes(
  shapes: GeoJSON.FeatureCollection | null,
  circle: number | null,
  say: Say,
): GeoJSON.FeatureCollection {
  const drawn = shapes?.features ?? [];
  const edges = drawn.map((one) => ({
    ...one,
    properties: { circle: one.properties?.['seconds'] === circle },
  }));
  const words = drawn.map((one) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: northmost(one.geometry) },
    properties: { label: say('minutes', { count: Number(one.properties?.['minutes']) }) },
  }));
  return collection([...edges, ...words]);
}

function northmost(shape: GeoJSON.Geometry): GeoJSON.Position {
  const parts = shape.type === 'MultiPolygon' ? shape.coordinates : [];
  const rings = shape.type === 'Polygon' ? shape.coordinates : parts.flat();
  return rings.flat().reduce((top, corner) => ((corner[1] ?? 0) > (top[1] ?? 0) ? corner : top));
}

/** Return areas with their name and share in words. */
export function areaShapes(
  shapes: GeoJSON.FeatureCollection | null,
  say: Say,
): GeoJSON.FeatureCollection {
  return collection(
    (shapes?.features ?? []).map((one) => {
      const { name, share } = one.properties as { name: string; share: number | null };
      const told = share === null ? say('untold') : `${Math.round(share * 100)}%`;
      return { ...one, properties: { share, label: `${name}\n${told}` } };
    }),
  );
}

function outline(
  id: string,
  source: string,
  colour: string | ExpressionSpecification,
  width: number,
): LayerSpecification {
  return { id, type: 'line', source, paint: { 'line-color': colour, 'line-width': width } };
}
