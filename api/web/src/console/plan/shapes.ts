// What the plan's map draws: ways and stops by courier, a proposal before and after, closed streets.
import { colourOf, FOUND, GROUND, ROUTES, SITE } from '../../colours.ts';
import { LABEL_FONT } from '../../map/fonts.ts';
import type { Line, Position, Sites } from '../../service/types.ts';
import { type Box, boxAround, collected, type DrawnLayer } from '../map/properties.ts';
import type { ChangesOnMap, Ways } from './types.ts';

/** What is selected in the table and on the map. */
export interface Chosen {
  courier: string | null;
  order: number | null;
}

export const STOP_LAYER = 'stop';
export const ROUTE_LAYER = 'route';

const NOT_SHOWN = '#8a857c';

/** How a stop changes, by colour and by letter. */
export const CHANGE_MARKS: Record<string, { colour: string; sign: string }> = {
  moved: { colour: ROUTES[1], sign: '⇄' },
  retimed: { colour: ROUTES[5], sign: '◷' },
  served: { colour: ROUTES[2], sign: '+' },
  left_out: { colour: ROUTES[6], sign: '×' },
};

type Shapes = Record<'canteens' | 'routes' | 'stops' | 'changed' | 'closed', GeoJSON.FeatureCollection>;

/** Return the shapes of a plan; while a proposal is shown its own changes stand out. */
export function shapesOf(
  { routes, places }: Ways,
  couriers: readonly string[],
  sites: Sites | null,
  chosen: Chosen,
  changes: ChangesOnMap | null,
  closed: readonly Position[],
): Shapes {
  const colours = colourOf(couriers);
  const look = (courier: string, order: number | null) => ({
    colour: colours.get(courier) ?? NOT_SHOWN,
    faded: changes !== null || (chosen.courier !== null && chosen.courier !== courier),
    chosen: order !== null && order === chosen.order,
  });
  return {
    canteens: collected(
      (sites?.features ?? []).flatMap(({ geometry, properties: { kind, name } }) =>
        geometry === null ? [] : [feature(geometry, { mark: `${kind}-open`, name })],
      ),
    ),
    routes: collected(
      routes.features.flatMap(({ geometry, properties: { courier } }) =>
        geometry === null ? [] : [feature(geometry, { courier, ...look(courier, null) })],
      ),
    ),
    stops: collected(
      places.features.map(({ geometry: { coordinates }, properties: { order, courier, trip, number } }) =>
        feature({ type: 'Point', coordinates }, { order, courier, label: `${trip}-${number}`, ...look(courier, order) }),
      ),
    ),
    changed: collected((changes?.features ?? []).flatMap(changed)),
    closed: collected(closed.map((coordinates) => feature({ type: 'Point', coordinates }, {}))),
  };
}

function changed({ geometry, properties }: ChangesOnMap['features'][number]): GeoJSON.Feature[] {
  if (geometry === null) return [];
  const mark = CHANGE_MARKS[properties.change ?? ''];
  return [feature(geometry, { ...properties, ...(mark ?? {}) })];
}

function feature(geometry: GeoJSON.Geometry, properties: object): GeoJSON.Feature {
  return { type: 'Feature', geometry, properties: { ...properties } };
}

/** Return the box of what is selected, of a proposal's changes, or of the whole plan. */
export function boxOf(
  { routes, places }: Ways,
  chosen: Chosen,
  changes: ChangesOnMap | null,
): Box | null {
  if (changes !== null) return boxAround(changes.features.flatMap(({ geometry }) => bends(geometry)));
  const stop = places.features.find(({ properties }) => properties.order === chosen.order);
  if (stop) return boxAround([stop.geometry.coordinates]);
  const shown = (courier: string) => chosen.courier === null || courier === chosen.courier;
  return boxAround([
    ...routes.features.flatMap(({ geometry, properties }) => (shown(properties.courier) ? bends(geometry) : [])),
    ...places.features.flatMap(({ geometry, properties }) => (shown(properties.courier) ? [geometry.coordinates] : [])),
  ]);
}

type Shape = GeoJSON.LineString | GeoJSON.Point | Line | null;

function bends(geometry: Shape): Position[] {
  if (geometry === null) return [];
  return (geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates) as Position[];
}

const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
const halo = { 'text-halo-color': GROUND.halo, 'text-halo-width': 1.6 } as const;
const LINE = ['==', ['geometry-type'], 'LineString'];
const POINT = ['==', ['geometry-type'], 'Point'];
const text = { 'text-font': [LABEL_FONT], 'text-allow-overlap': true };

export const LAYERS = [
  {
    id: 'route-edge',
    type: 'line',
    source: 'routes',
    layout: round,
    paint: { 'line-color': GROUND.halo, 'line-width': 6, 'line-opacity': ['case', ['get', 'faded'], 0.3, 1] },
  },
  {
    id: ROUTE_LAYER,
    type: 'line',
    source: 'routes',
    layout: { ...round, 'line-sort-key': ['case', ['get', 'faded'], 0, 1] },
    paint: { 'line-color': ['get', 'colour'], 'line-width': 3.5, 'line-opacity': ['case', ['get', 'faded'], 0.18, 1] },
  },
  {
    id: 'route-name',
    type: 'symbol',
    source: 'routes',
    filter: ['!', ['get', 'faded']],
    layout: { 'symbol-placement': 'line', 'symbol-spacing': 220, 'text-field': ['get', 'courier'], 'text-font': [LABEL_FONT], 'text-size': 12 },
    paint: { ...halo, 'text-color': ['get', 'colour'] },
  },
  {
    id: 'change-before',
    type: 'line',
    source: 'changed',
    filter: ['all', LINE, ['!', ['get', 'proposed']]],
    layout: round,
    paint: { 'line-color': GROUND.text, 'line-width': 3, 'line-dasharray': [1, 2] },
  },
  {
    id: 'change-after',
    type: 'line',
    source: 'changed',
    filter: ['all', LINE, ['get', 'proposed']],
    layout: round,
    paint: { 'line-color': ROUTES[0], 'line-width': 4 },
  },
  {
    id: 'change-name',
    type: 'symbol',
    source: 'changed',
    filter: ['all', LINE, ['get', 'proposed']],
    layout: { 'symbol-placement': 'line', 'symbol-spacing': 220, 'text-field': ['get', 'courier'], 'text-font': [LABEL_FONT], 'text-size': 12 },
    paint: { ...halo, 'text-color': ROUTES[0] },
  },
  {
    id: STOP_LAYER,
    type: 'circle',
    source: 'stops',
    layout: { 'circle-sort-key': ['case', ['get', 'chosen'], 2, ['get', 'faded'], 0, 1] },
    paint: {
      'circle-radius': ['case', ['get', 'chosen'], 15, 10],
      'circle-color': ['get', 'colour'],
      'circle-opacity': ['case', ['get', 'faded'], 0.18, 1],
      'circle-stroke-color': ['case', ['get', 'chosen'], SITE.chosen, GROUND.halo],
      'circle-stroke-width': ['case', ['get', 'chosen'], 4, 1.5],
      'circle-stroke-opacity': ['case', ['get', 'faded'], 0.3, 1],
    },
  },
  {
    id: 'stop-number',
    type: 'symbol',
    source: 'stops',
    filter: ['!', ['get', 'faded']],
    layout: { ...text, 'text-field': ['get', 'label'], 'text-size': 10 },
    paint: { 'text-color': GROUND.halo },
  },
  {
    id: 'change-stop',
    type: 'circle',
    source: 'changed',
    filter: POINT,
    paint: { 'circle-radius': 12, 'circle-color': ['get', 'colour'], 'circle-stroke-color': GROUND.halo, 'circle-stroke-width': 2 },
  },
  {
    id: 'change-sign',
    type: 'symbol',
    source: 'changed',
    filter: POINT,
    layout: { ...text, 'text-field': ['get', 'sign'], 'text-size': 15 },
    paint: { 'text-color': GROUND.halo },
  },
  {
    id: 'canteen',
    type: 'symbol',
    source: 'canteens',
    layout: {
      'icon-image': ['get', 'mark'], 'icon-allow-overlap': true, 'text-field': ['get', 'name'], 'text-font': [LABEL_FONT],
      'text-size': 13, 'text-anchor': 'top', 'text-offset': [0, 1], 'text-max-width': 8, 'text-optional': true,
    },
    paint: { ...halo, 'text-color': SITE.chosen },
  },
  {
    id: 'closed',
    type: 'circle',
    source: 'closed',
    paint: { 'circle-radius': 11, 'circle-color': FOUND, 'circle-stroke-color': GROUND.halo, 'circle-stroke-width': 3 },
  },
] as unknown as readonly DrawnLayer[]; // prettier-ignore
