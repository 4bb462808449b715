// Puts one elder's home on the map, which opens where the home probably is, or where the neighbours live.
import { useEffect, useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { Said } from './fields/Said.tsx';
import { type Guess, sameName, worthSearching } from './guessing.ts';
import { PlacePicker } from './PlacePicker.tsx';
import { rosterHash } from './places.ts';
import { useSending } from './sending.ts';
import type { Elder, Unlocated } from './types.ts';
import { wordOf } from './words.ts';

interface Properties extends ViewProperties {
  row: Unlocated;
  done: () => void;
}

export function PlaceHome({ client, say, language, row, done }: Properties) {
  const sending = useSending(say);
  const [found, find] = useState<Guess | null>(null);
  useEffect(() => {
    const { compound, guess } = row;
    if (compound === null || !worthSearching(guess)) return;
    // Nobody asked for this search: where it fails the map opens as it would without.
    client.places(compound).then(({ places }) => find(sameName(places, compound)), () => find(null));
  }, [client, row.code]);
  const path = `/api/v1/elders/${encodeURIComponent(row.code)}`;
  const put = async ([lon, lat]: Position) => {
    const body = { lon, lat, datum: 'WGS84' };
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
      <p class="suggestion">
        <span class="note">
          {wordOf(say, 'reason', row.reason)} {row.detail}
        </span>
        {row.suggestion !== null && (
          <>
            {say('suggestion', { count: row.neighbours })}{' '}
            <button type="button" class="quiet" disabled={sending.busy} onClick={() => void take()}>
              {say('suggestion_take')}
            </button>
          </>
        )}
      </p>
      <Said {...{ say, sending }} />
      <PlacePicker
        {...{ client, say, language }}
        title={say('map_of_home', { name: row.name || row.code })}
        ask={say('click_map')}
        first={row.compound ?? ''}
        guess={found ?? row.guess}
        busy={sending.busy}
        save={put}
      />
    </section>
  );
}
