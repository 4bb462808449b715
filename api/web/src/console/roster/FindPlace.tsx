// Looks a compound, a street or an institution up, so that the map goes there.
import { useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Place } from '../../service/places.ts';
import type { Say } from '../texts.ts';
import { useSending } from './sending.ts';
import { TextField } from './fields/Field.tsx';
import { Said } from './fields/Said.tsx';

interface Properties {
  client: Client;
  say: Say;
  /** What is looked for first: the elder's compound. */
  first: string;
  found: (place: Place) => void;
}

export function FindPlace({ client, say, first, found }: Properties) {
  const [words, setWords] = useState(first);
  const [places, setPlaces] = useState<readonly Place[] | null>(null);
  const sending = useSending(say);
  const find = async (event: Event) => {
    event.preventDefault();
    if (words.trim() === '') return;
    const answer = await sending.run(() => client.places(words.trim()));
    if (answer === null) return;
    setPlaces(answer.places);
    if (answer.places[0]) found(answer.places[0]);
  };
  return (
    <form class="finder" role="search" onSubmit={find}>
      <TextField type="search" label={say('find_place')} value={words} onValue={setWords} />
      <button type="submit" class="quiet" disabled={sending.busy}>
        {say('find')}
      </button>
      <Said {...{ say, sending }} />
      <div aria-live="polite">
        {places !== null && places.length === 0 && <p class="note">{say('places_none')}</p>}
        {places !== null && places.length > 0 && (
          <ul class="places">
            {places.slice(0, 8).map((one) => (
              <li key={one.kind + one.name + one.point.join()}>
                <button type="button" class="quiet" onClick={() => found(one)}>
                  {one.name}
                  {one.area && ` · ${one.area}`}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}
