// A map to put something on: by a search, a click, or the middle of the map; one button saves the place.
import { useMemo, useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import { GroundMap } from '../map/GroundMap.tsx';
import { collected, type DrawnLayer } from '../map/properties.ts';
import type { ViewProperties } from '../view.ts';
import { FindPlace } from './FindPlace.tsx';
import { boxOf, type Guess, guessText } from './guessing.ts';

const CHOSEN = '#b3261e';
const SUGGESTED = '#1f5a8a';
const LAYERS: readonly DrawnLayer[] = [
  {
    id: 'suggested',
    type: 'circle',
    source: 'suggested',
    paint: { 'circle-radius': 16, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': SUGGESTED, 'circle-stroke-width': 4 },
  },
  {
    id: 'chosen',
    type: 'circle',
    source: 'chosen',
    paint: { 'circle-radius': 9, 'circle-color': CHOSEN, 'circle-stroke-color': '#fff', 'circle-stroke-width': 3 },
  },
];

interface Properties extends Pick<ViewProperties, 'client' | 'say' | 'language'> {
  /** What the map shows, for those who do not see it. */
  title: string;
  /** What is asked for: "Click the home on the map." */
  ask: string;
  /** What is looked for first. */
  first: string;
  /** Where the map opens; a ring is drawn there. */
  guess: Guess | null;
  busy: boolean;
  save: (place: Position) => Promise<void>;
}

export function PlacePicker({ client, say, language, title, ask, first, guess, busy, save }: Properties) {
  const [chosen, choose] = useState<Position | null>(null);
  const [sought, goTo] = useState<Guess | null>(null);
  const near = sought ?? guess;
  const box = useMemo(() => boxOf(near), [near?.point.join()]);
  const ring = near !== null && near.kind !== 'canteen' ? near.point : null;
  const shapes = useMemo(() => ({ suggested: pointOf(ring), chosen: pointOf(chosen) }), [ring?.join(), chosen]);
  return (
    <>
      <FindPlace {...{ client, say, first }} found={({ name, point }) => goTo({ kind: 'found', name, point })} />
      <div class="actions" aria-live="polite">
        {chosen === null && <span class="note">{guessText(say, near)}</span>}
        <span>
          {chosen === null ? ask : say('chosen_place', { lon: chosen[0].toFixed(5), lat: chosen[1].toFixed(5) })}
        </span>
        <button type="button" disabled={chosen === null || busy} onClick={() => chosen && void save(chosen)}>
          {say('put_here')}
        </button>
      </div>
      <GroundMap
        {...{ client, say, language, title, shapes }}
        layers={LAYERS}
        around={box}
        choosing
        onPlace={choose}
      />
    </>
  );
}

function pointOf(place: Position | null): GeoJSON.FeatureCollection {
  if (place === null) return collected([]);
  return collected([{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...place] } }]);
}
