// A box that finds places by name or address, with a list that arrow keys, Enter and Escape work.
import { useEffect } from 'preact/hooks';

import { nameOf, sought, type Step } from '../finding.ts';
import type { Client } from '../service/client.ts';
import type { Place, PlaceKind } from '../service/places.ts';
import type { Position, SiteKind } from '../service/types.ts';
import type { Event, State } from '../state.ts';
import type { Key, Language, Say } from '../texts.ts';

interface Properties {
  client: Client;
  state: State;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  /** Shows a place on the map. */
  onChoose: (place: Place) => void;
  /** Places a new site there; null for whoever may not. */
  onPlace: ((at: Position, kind: SiteKind) => void) | null;
}

const PAUSE = 180; // milliseconds without a key before the service is asked
const STEPS: Record<string, Step> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};

export function Search(properties: Properties) {
  const { client, state, say, language, tell, reason, onChoose } = properties;
  const { query, places, answered, open, active, chosen, problem } = state.finding;
  const wanted = sought(query);
  useEffect(() => {
    if (wanted === null || wanted === chosen?.name) return;
    const timer = setTimeout(() => {
      client.places(wanted).then(
        (found) => tell({ type: 'places', query: wanted, places: found.places }),
        (error: unknown) => tell({ type: 'no places', query: wanted, reason: reason(error) }),
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [client, wanted]);

  const choose = (place: Place) => {
    tell({ type: 'choose place', place });
    onChoose(place);
  };
  const pressed = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    // Home and End move within the text unless somebody walks the list already.
    if (step !== undefined && (active !== null || event.key.startsWith('Arrow'))) {
      event.preventDefault();
      tell({ type: 'step', to: step });
    } else if (event.key === 'Enter' && answered === wanted) {
      const place = places[active ?? 0];
      if (open && place) choose(place);
    } else if (event.key === 'Escape' && (open || query !== '')) {
      event.stopPropagation();
      tell(open ? { type: 'fold places' } : { type: 'choose place', place: null });
    }
  };
  const shown = open && places.length > 0;
  return (
    <section class="search" role="search" aria-labelledby="search-name">
      <label id="search-name" for="search-box">
        {say('search')}
      </label>
      <input
        id="search-box"
        type="text"
        role="combobox"
        autocomplete="off"
        maxLength={80}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls="search-places"
        {...(shown && active !== null ? { 'aria-activedescendant': `search-place-${active}` } : {})}
        placeholder={say('search_hint')}
        value={query}
        onInput={(event) => tell({ type: 'seek', query: event.currentTarget.value })}
        onKeyDown={pressed}
        onBlur={() => tell({ type: 'fold places' })}
      />
      <ul id="search-places" class="found" role="listbox" aria-label={say('found_list')} hidden={!shown}>
        {places.map((place, number) => (
          <li
            key={`${place.kind}/${place.name}/${place.point.join()}`}
            id={`search-place-${number}`}
            role="option"
            aria-selected={number === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(place)}
          >
            <span>{nameOf(place, language)}</span> <PlaceNote place={place} say={say} />
          </li>
        ))}
      </ul>
      <p role="status" class="note">
        {problem !== null
          ? say('search_failed', { reason: problem })
          : open && answered !== null && answered === wanted
            ? say(places.length > 0 ? 'found_count' : 'found_none', { count: places.length, query: answered })
            : ''}
      </p>
      {chosen !== null && <Chosen {...properties} place={chosen} />}
    </section>
  );
}

function Chosen({ place, say, language, tell, onPlace }: Properties & { place: Place }) {
  return (
    <div class="chosen-place">
      <strong>{nameOf(place, language)}</strong> <PlaceNote place={place} say={say} />
      <div class="tools">
        {onPlace !== null && place.code === null && (
          <>
            {(['canteen', 'meal_point'] as const).map((kind) => (
              <button key={kind} type="button" class="quiet" onClick={() => onPlace(place.point, kind)}>
                {say('place_here', { kind: say(kind) })}
              </button>
            ))}
          </>
        )}
        <button type="button" class="quiet" onClick={() => tell({ type: 'choose place', place: null })}>
          {say('forget_place')}
        </button>
      </div>
    </div>
  );
}

function PlaceNote({ place, say }: { place: Place; say: Say }) {
  const told = [say(KINDS[place.kind]), place.code, place.detail, place.area];
  return <span class="note">{told.filter((part) => part !== null && part !== place.name).join(' · ')}</span>;
}

const KINDS: Record<PlaceKind, Key> = {
  canteen: 'canteen',
  meal_point: 'meal_point',
  area: 'place_area',
  settlement: 'place_settlement',
  compound: 'place_compound',
  street: 'place_street',
  institution: 'place_institution',
  station: 'place_station',
  park: 'place_park',
  water: 'place_water',
  address: 'place_address',
  building: 'place_building',
  other: 'place_other',
};
