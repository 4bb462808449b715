// Before and after a trip: what to load, specials first; what to bring back.
import type { Actions } from '../actions.ts';
import { loadOf } from '../loads.ts';
import { SERVED, type SeenTrip } from '../progress.ts';
import type { Duty } from '../types.ts';
import { clockTime, listed } from '../words.ts';
import { Guarded } from './Guarded.tsx';

interface Properties {
  trip: SeenTrip;
  duty: Duty;
  actions: Actions;
}

export function Loading({ trip, duty, actions }: Properties) {
  const { say, zone } = actions;
  const load = loadOf(trip);
  return (
    <section class="card" aria-labelledby="load">
      <p class="kicker">{say('trip_of', { number: trip.number, count: duty.trips.length })}</p>
      <h2 id="load">{say('load', { count: load.portions })}</h2>
      <p class="times">
        {say('times', {
          load: clockTime(trip.loads_at, zone),
          leave: clockTime(trip.departs_at, zone),
          back: clockTime(trip.returns_at, zone),
        })}
      </p>
      {load.specials.length > 0 && (
        <>
          <h3>{say('specials_first')}</h3>
          <ul class="specials">
            {load.specials.map((special, index) => (
              <li key={index}>
                <strong>{special.name}</strong> <span class="special">{listed('diet', special.diets, say)}</span>{' '}
                {say('portions', { count: special.portions })}
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="kinds">
        {load.kinds.map((kind) => (
          <li key={kind.diets.join()}>
            <span class={kind.diets.length ? 'special' : ''}>
              {kind.diets.length ? listed('diet', kind.diets, say) : say('ordinary')}
            </span>
            <strong>{say('portions', { count: kind.portions })}</strong>
          </li>
        ))}
      </ul>
      <Guarded
        class="big"
        onPress={() =>
          void actions.report({ kind: 'departed', trip: trip.number, revision: duty.revision })
        }
      >
        {say('depart')}
      </Guarded>
    </section>
  );
}

export function Returning({ trip, duty, actions }: Properties) {
  const { say } = actions;
  const back = trip.stops
    .filter((stop) => stop.result !== null && !SERVED.has(stop.result.outcome))
    .reduce((sum, stop) => sum + stop.portions, 0);
  return (
    <section class="card" aria-labelledby="return">
      <p class="kicker">{say('trip_of', { number: trip.number, count: duty.trips.length })}</p>
      <h2 id="return">{say('going_back')}</h2>
      {back > 0 && <p class="special">{say('bring_back', { count: back })}</p>}
      <Guarded
        class="big"
        onPress={() =>
          void actions.report({ kind: 'returned', trip: trip.number, revision: duty.revision })
        }
      >
        {say('back')}
      </Guarded>
    </section>
  );
}
