// Every trip and stop of the duty in order, with what was reported; any stop can be opened.
import type { Actions } from '../actions.ts';
import type { Changes } from '../changes.ts';
import type { Progress, SeenStop } from '../progress.ts';
import type { Key } from '../texts.ts';
import { clockTime, listed } from '../words.ts';
import { Due } from './Ticking.tsx';

interface Properties {
  now: Progress;
  changes: Changes;
  actions: Actions;
}

export function AllStops({ now, changes, actions }: Properties) {
  const { say } = actions;
  return (
    <section class="all" aria-labelledby="all">
      <h2 id="all">{say('all_stops')}</h2>
      {now.trips.map((trip) => (
        <div key={trip.number}>
          <h3>
            {say('trip', { number: trip.number })} · {say('portions', { count: trip.portions })}
          </h3>
          <ol>
            {trip.stops.map((stop) => (
              <li key={stop.order}>
                <Row stop={stop} handedBack={now.handedBack} change={changes.marks[stop.order]} actions={actions} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

interface RowProperties {
  stop: SeenStop;
  /** Whether the courier gave back what has no result. */
  handedBack: boolean;
  change: Changes['marks'][number] | undefined;
  actions: Actions;
}

function Row({ stop, handedBack, change, actions }: RowProperties) {
  const { say, zone } = actions;
  const { result } = stop;
  return (
    <button type="button" class={`row ${result ? 'settled' : ''}`} onClick={() => actions.choose(stop.order)}>
      <span class="number">{stop.number}</span>
      <span class="door">
        <strong>{stop.name}</strong> {stop.diets.length > 0 && <span class="special">{listed('diet', stop.diets, say)}</span>}
        {change && <em class="mark">{say(`changed_${change}` as Key)}</em>}
        <br />
        {stop.address}
      </span>
      <span class="end">
        {result ? (
          <>
            {say(result.outcome)}
            {result.waiting && <em>{say('not_sent_yet')}</em>}
          </>
        ) : handedBack ? (
          say('stop_handed_back')
        ) : (
          clockTime(stop.arrives_at, zone)
        )}
      </span>
      {stop.shut && <Due shut={stop.shut} off={actions.off} say={say} />}
    </button>
  );
}
