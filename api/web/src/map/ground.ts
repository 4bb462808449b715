// The background: how the tiles of the imported extract are drawn, in Chinese or English.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';

import { GROUND } from '../colours.ts';
import type { Basemap } from '../service/types.ts';
import type { Language } from '../texts.ts';
import { LABEL_FONT } from './fonts.ts';

export const SOURCE = 'ground';
const ATTRIBUTION = '© OpenStreetMap contributors';

const MAJOR = ['motorway', 'trunk', 'primary', 'secondary'];
const WIDTHS: Record<string, [far: number, near: number]> = {
  motorway: [1.6, 22], trunk: [1.4, 20], primary: [1.2, 18], secondary: [1, 16],
  tertiary: [0.8, 14], minor: [0.5, 10], service: [0.3, 6],
}; // prettier-ignore

/** Return the style of the background; without tiles only the colour of the land. */
export function groundStyle(
  basemap: Basemap | null,
  language: Language,
  fonts: StyleSpecification['font-faces'],
  origin: string,
): StyleSpecification {
  const land: LayerSpecification = {
    id: 'land',
    type: 'background',
    paint: { 'background-color': GROUND.land },
  };
  const style: StyleSpecification = { version: 8, sources: {}, layers: [land] };
  if (fonts) style['font-faces'] = fonts;
  if (basemap === null) return style;
  style.sources[SOURCE] = {
    type: 'vector',
    tiles: [origin + basemap.tiles],
    bounds: basemap.bounds,
    minzoom: basemap.least_zoom,
    maxzoom: basemap.most_zoom,
    attribution: ATTRIBUTION,
  };
  style.layers.push(...areas(), ...lines(), ...labels(language));
  return style;
}

function areas(): LayerSpecification[] {
  const filled = (id: string, colour: string, minzoom = 0): LayerSpecification => ({
    id,
    type: 'fill',
    source: SOURCE,
    'source-layer': id,
    minzoom,
    paint: { 'fill-color': colour },
  });
  return [
    filled('grounds', GROUND.grounds),
    filled('green', GROUND.green),
    filled('water', GROUND.water),
    {
      id: 'waterway',
      type: 'line',
      source: SOURCE,
      'source-layer': 'waterway',
      paint: {
        'line-color': GROUND.water,
        'line-width': grow([8, 0.6], [14, 2.5], [18, 8]),
      },
    },
    {
      ...filled('building', GROUND.building, 14),
      paint: { 'fill-color': GROUND.building, 'fill-outline-color': GROUND.edge },
    } as LayerSpecification,
  ];
}

function lines(): LayerSpecification[] {
  const of = (...classes: string[]): ExpressionSpecification => [
    'in', ['get', 'class'], ['literal', classes],
  ]; // prettier-ignore
  const streets = of(...Object.keys(WIDTHS));
  const common = { type: 'line', source: SOURCE, 'source-layer': 'road' } as const;
  // Far out nobody sees whether a thin line's corners are round, and drawing them takes most of a frame.
  const round = {
    'line-cap': ['step', ['zoom'], 'butt', 14, 'round'] as ExpressionSpecification,
    'line-join': ['step', ['zoom'], 'miter', 14, 'round'] as ExpressionSpecification,
  };
  return [
    {
      ...common,
      id: 'path',
      minzoom: 14,
      filter: of('path'),
      paint: {
        'line-color': GROUND.path,
        'line-width': grow([14, 0.5], [18, 2]),
        'line-dasharray': [3, 1.5],
      },
    },
    {
      ...common,
      id: 'rail',
      filter: of('rail'),
      paint: { 'line-color': GROUND.rail, 'line-width': grow([11, 0.6], [18, 3]), 'line-dasharray': [4, 2] },
    },
    {
      ...common,
      id: 'street-edge',
      minzoom: 12,
      filter: streets,
      layout: round,
      paint: { 'line-color': GROUND.edge, 'line-width': streetWidth(1.2) },
    },
    {
      ...common,
      id: 'street',
      filter: streets,
      layout: { ...round, 'line-sort-key': ['match', ['get', 'class'], MAJOR, 1, 0] },
      paint: {
        'line-color': ['match', ['get', 'class'], MAJOR, GROUND.major, GROUND.road],
        'line-width': streetWidth(0),
      },
    },
  ];
}

function streetWidth(more: number): ExpressionSpecification {
  const at = (end: 0 | 1): ExpressionSpecification =>
    ['match', ['get', 'class'],
      ...Object.entries(WIDTHS).flatMap(([name, widths]) => [name, widths[end] + more]),
      1] as unknown as ExpressionSpecification; // prettier-ignore
  return ['interpolate', ['exponential', 1.5], ['zoom'], 9, at(0), 18, at(1)];
}

function grow(...stops: [zoom: number, width: number][]): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

function labels(language: Language): LayerSpecification[] {
  const name: ExpressionSpecification =
    language === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['get', 'name'];
  const halo = { 'text-halo-color': GROUND.halo, 'text-halo-width': 1.4 } as const;
  const text = { 'text-field': name, 'text-font': [LABEL_FONT] };
  return [
    {
      id: 'building-name',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'building',
      minzoom: 16.5,
      layout: { ...text, 'text-size': 11 },
      paint: { ...halo, 'text-color': GROUND.text },
    },
    {
      id: 'street-name',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'road',
      minzoom: 12.5,
      filter: ['!=', ['get', 'class'], 'rail'],
      layout: {
        ...text,
        'symbol-placement': 'line',
        'text-size': grow([12, 11], [17, 14]),
        'symbol-sort-key': ['match', ['get', 'class'], MAJOR, 0, ['tertiary'], 1, 2],
        'symbol-spacing': 320,
      },
      paint: { ...halo, 'text-color': GROUND.text },
    },
    {
      id: 'water-name',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'waterway',
      layout: { ...text, 'symbol-placement': 'line', 'text-size': 13, 'symbol-spacing': 420 },
      paint: { ...halo, 'text-color': GROUND.waterText },
    },
    {
      id: 'place-name',
      type: 'symbol',
      source: SOURCE,
      'source-layer': 'label',
      layout: {
        ...text,
        'text-size': ['match', ['get', 'kind'], 'city', 18, 'town', 16, 'suburb', 14, 12.5],
        'text-max-width': 7,
        'symbol-sort-key': [
          'match', ['get', 'kind'], 'city', 0, 'town', 1, 'suburb', 2, 'hospital', 3, 'station', 3,
          'residential', 6, 5,
        ], // prettier-ignore
      },
      paint: {
        ...halo,
        'text-color': [
          'match', ['get', 'kind'],
          'water', GROUND.waterText,
          ['park', 'wood', 'grass'], GROUND.greenText,
          GROUND.text,
        ], // prettier-ignore
      },
    },
  ];
}
