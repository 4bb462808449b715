// The place that was searched for, as a ring and its name over everything else.
import type { LayerSpecification, Map as MapView } from 'maplibre-gl';

import { FOUND, GROUND } from '../colours.ts';
import type { State } from '../state.ts';
import { LABEL_FONT } from './fonts.ts';
import { collection, put } from './sources.ts';

const SOURCE = 'found';

const LAYERS: LayerSpecification[] = [
  ...[7, 3.5].map(
    (width): LayerSpecification => ({
      id: `found-${width}`,
      type: 'circle',
      source: SOURCE,
      paint: {
        'circle-radius': 13,
        'circle-opacity': 0,
        'circle-stroke-color': width > 5 ? GROUND.halo : FOUND,
        'circle-stroke-width': width,
      },
    }),
  ),
  {
    id: 'found-name',
    type: 'symbol',
    source: SOURCE,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': [LABEL_FONT],
      'text-size': 15,
      'text-anchor': 'bottom',
      'text-offset': [0, -1.3],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': FOUND, 'text-halo-color': GROUND.halo, 'text-halo-width': 2.2 },
  },
];

/** Add the source and layers of the place that was searched for, empty. */
export function addFound(map: MapView): void {
  map.addSource(SOURCE, { type: 'geojson', data: collection([]) });
  for (const layer of LAYERS) map.addLayer(layer);
}

/** Draw the chosen place of a state; return whether anything new was drawn. */
export function drawFound(map: MapView, { finding: { chosen } }: State): boolean {
  return put(map, SOURCE, [chosen], () =>
    collection(
      chosen === null
        ? []
        : [
            {
              type: 'Feature',
              geometry: { type: 'Point', coordinates: chosen.point },
              properties: { name: chosen.name },
            },
          ],
    ),
  );
}
