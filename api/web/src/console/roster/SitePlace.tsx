// Puts a canteen or a meal point on the map, or elsewhere on it.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { Said } from './fields/Said.tsx';
import type { Guess } from './guessing.ts';
import { PlacePicker } from './PlacePicker.tsx';
import { useSending } from './sending.ts';
import type { Canteen, MealPoint } from './types.ts';
import { wordOf } from './words.ts';

interface Properties<Site> extends Pick<ViewProperties, 'client' | 'say' | 'language'> {
  site: Site;
  path: string;
  keep: (site: Site) => void;
}

export function SitePlace<Site extends Canteen | MealPoint>({ client, say, language, site, path, keep }: Properties<Site>) {
  const sending = useSending(say);
  const { lon, lat, unlocated_reason: reason } = site;
  const guess: Guess | null = lon === null || lat === null ? null : { kind: 'coordinates', point: [lon, lat] };
  const put = async ([east, north]: Position) => {
    const body = { place: { lon: east, lat: north, datum: 'WGS84' } };
    const next = await sending.run(() => client.send<Site>(path, { method: 'PATCH', body }));
    if (next !== null) keep(next);
  };
  const picker = (
    <PlacePicker
      {...{ client, say, language }}
      title={say('map_of_site', { name: site.name })}
      ask={say('click_site')}
      first={site.address ?? site.name}
      guess={guess}
      busy={sending.busy}
      save={put}
    />
  );
  return (
    <section class="group placing">
      <h3>{say('field_place')}</h3>
      {reason !== null && (
        <p class="alert">
          {say('no_place')}: {wordOf(say, 'reason', reason)}
        </p>
      )}
      <Said {...{ say, sending }} />
      {reason !== null ? (
        picker
      ) : (
        <Moving {...{ say }} key={`${lon},${lat}`}>
          {picker}
        </Moving>
      )}
    </section>
  );
}

/** The map of a place that is known; it is loaded when somebody opens it. */
function Moving({ say, children }: Pick<ViewProperties, 'say'> & { children: ComponentChildren }) {
  const [open, show] = useState(false);
  return (
    <>
      <button type="button" class="quiet" aria-expanded={open} onClick={() => show(!open)}>
        {say('show_place')}
      </button>
      {open && children}
    </>
  );
}
