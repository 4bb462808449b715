// Puts one elder's home on the map: by a click, by the middle of the map, or where the neighbours live.
import { useMemo, useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import { GroundMap } from '../map/GroundMap.tsx';
import { boxAround, collected, type DrawnLayer } from '../map/properties.ts';
import type { ViewProperties } from '../view.ts';
import { useSending } from './sending.ts';
import { Said } from './fields/Said.tsx';
import { FindPlace } from './FindPlace.tsx';
import { rosterHash } from './places.ts';
import type { Elder, Unlocated } from './types.ts';

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
const ROUND = 0.004; // degrees around a place that the map goes to: about 400 metres

interface Properties extends ViewProperties {
  row: Unlocated;
  done: () => void;
}

export function PlaceHome({ client, say, language, row, done }: Properties) {
  const sending = useSending(say);
  const [chosen, choose] = useState<Position | null>(null);
  const [around, goTo] = useState<Position | null>(row.suggestion);
  const box = useMemo(() => around && boxOf(around), [around]);
  const shapes = useMemo(
    () => ({ suggested: pointOf(row.suggestion), chosen: pointOf(chosen) }),
    [row.suggestion?.join(), chosen],
  );
  const path = `/api/v1/elders/${encodeURIComponent(row.code)}`;
  const put = async (body: unknown) => {
    const next = await sending.run(() => client.send<Elder>(`${path}/place`, { method: 'PUT', body }));
    if (next !== null) done();
  };
  const take = async () => {
    const next = await sending.run(() => client.send<Elder>(`${path}/place-by-compound`, { method: 'POST' }));
    if (next !== null) done();
  };
  return (
    <section class="placing">
      <h2>
        <a href={rosterHash('elders', row.code)}>{row.name || row.code}</a> {row.compound}{' '}
        <span class="state">{row.code}</span>
      </h2>
      {row.detail !== null && <p class="note">{row.detail}</p>}
      {row.suggestion !== null && (
        <p class="suggestion">
          {say('suggestion', { count: row.neighbours })}{' '}
          <button type="button" class="quiet" disabled={sending.busy} onClick={() => void take()}>
            {say('suggestion_take')}
          </button>
        </p>
      )}
      <FindPlace {...{ client, say }} first={row.compound ?? ''} found={goTo} />
      <Said {...{ say, sending }} />
      <div class="actions" aria-live="polite">
        <span>
          {chosen === null
            ? say('click_map')
            : say('chosen_place', { lon: chosen[0].toFixed(5), lat: chosen[1].toFixed(5) })}
        </span>
        <button
          type="button"
          disabled={chosen === null || sending.busy}
          onClick={() => chosen && void put({ lon: chosen[0], lat: chosen[1], datum: 'WGS84' })}
        >
          {say('put_here')}
        </button>
      </div>
      <GroundMap
        {...{ client, say, language, shapes }}
        title={say('map_of_home', { name: row.name || row.code })}
        layers={LAYERS}
        around={box}
        choosing
        onPlace={choose}
      />
    </section>
  );
}

function boxOf([lon, lat]: Position) {
  return boxAround([
    [lon - ROUND, lat - ROUND],
    [lon + ROUND, lat + ROUND],
  ]);
}

function pointOf(place: Position | null): GeoJSON.FeatureCollection {
  if (place === null) return collected([]);
  return collected([{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...place] } }]);
}
