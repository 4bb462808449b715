// Candidates for new sites on the map: those given, numbered, and those that nearly made it.
import type { LayerSpecification, Map as MapView } from 'maplibre-gl';

import { CANDIDATE, GROUND } from '../colours.ts';
import type { Choosing } from '../choosing.ts';
import type { State } from '../state.ts';
import { LABEL_FONT } from './fonts.ts';
import { collection, put } from './sources.ts';

const SOURCE = 'candidates';

const LAYERS: LayerSpecification[] = [
  {
    id: 'candidate',
    type: 'circle',
    source: SOURCE,
    paint: {
      'circle-radius': 10,
      'circle-color': ['case', ['get', 'usable'], CANDIDATE, GROUND.halo],
      'circle-stroke-color': ['case', ['get', 'usable'], GROUND.halo, CANDIDATE],
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'candidate-number',
    type: 'symbol',
    source: SOURCE,
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [LABEL_FONT],
      'text-size': 12,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': ['case', ['get', 'usable'], GROUND.halo, CANDIDATE] },
  },
];

/** Add the source and layers of candidates, empty. */
export function addCandidates(map: MapView): void {
  map.addSource(SOURCE, { type: 'geojson', data: collection([]) });
  for (const layer of LAYERS) map.addLayer(layer);
}

/** Draw the candidates of a state; return whether anything new was drawn. */
export function drawCandidates(map: MapView, { choosing }: State): boolean {
  const { drawn, read, form } = choosing;
  return put(map, SOURCE, [drawn, read, form.source], () => candidateShapes(choosing));
}

/** Return the candidates that the form gives, numbered; hollow where nobody can walk. */
export function candidateShapes({ drawn, read, form }: Choosing): GeoJSON.FeatureCollection {
  const file = read?.file.candidates ?? [];
  const spots =
    form.source === 'drawn'
      ? drawn.map((spot) => ({ ...spot, usable: true }))
      : form.source === 'file'
        ? file.map((spot) => ({ ...spot, usable: spot.reason === null }))
        : [];
  return collection(
    spots.map(({ lon, lat, usable }, place) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { label: String(place + 1), usable },
    })),
  );
}
