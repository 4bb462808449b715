// One stop, large: who, where, what; call, navigate, map; and the buttons that report it.
import { useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import type { Change } from '../changes.ts';
import type { SeenStop, SeenTrip } from '../progress.ts';
import type { Key } from '../texts.ts';
import type { Duty } from '../types.ts';
import { clockTime, listed } from '../words.ts';
import { Conditions } from './Conditions.tsx';
import { Outcomes } from './Outcomes.tsx';
import { Calls, Navigation } from './Reaching.tsx';
import { SettledStop } from './SettledStop.tsx';
import { ShutDoor } from './ShutDoor.tsx';
import { WayMap } from './WayMap.tsx';

interface Properties {
  stop: SeenStop;
  trip: SeenTrip;
  duty: Duty;
  change: Change | undefined;
  /** Whether a revision gave it to somebody else while it was open here. */
  away: boolean;
  actions: Actions;
}

export function StopCard({ stop, trip, duty, change, away, actions }: Properties) {
  const { say } = actions;
  const [changing, setChanging] = useState(false);
  const open = stop.result === null || changing;
  return (
    <section class="card stop" aria-labelledby="stop">
      <p class="kicker">
        {say('trip', { number: trip.number })} · {say('next_stop', { number: stop.number, count: trip.stops.length })}
        {change && <em class="mark">{say(`changed_${change}` as Key)}</em>}
      </p>
      <h2 id="stop">{stop.name}</h2>
      {away && <p class="alert" role="alert">{say('moved_away')}</p>}
      {stop.shut && !changing && <ShutDoor stop={stop} shut={stop.shut} duty={duty} actions={actions} />}
      <Door stop={stop} actions={actions} />
      <div class="reach">
        <Calls stop={stop} duty={duty} actions={actions} />
        <Navigation stop={stop} duty={duty} actions={actions} />
        <WayMap stop={stop} trip={trip} actions={actions} />
      </div>
      {stop.result && !changing && (
        <SettledStop stop={stop} result={stop.result} actions={actions} onChange={() => setChanging(true)} />
      )}
      {open && (
        <Outcomes stop={stop} actions={actions} about={stop.result?.uid ?? null} onDone={() => setChanging(false)} />
      )}
      <Conditions stop={stop} actions={actions} />
    </section>
  );
}

/** Everything that is needed in front of the door. */
function Door({ stop, actions }: { stop: SeenStop; actions: Actions }) {
  const { say, zone } = actions;
  const lift = stop.lift === null ? '' : ` · ${say(stop.lift ? 'lift' : 'no_lift')}`;
  return (
    <>
      <p class="address">{stop.address}</p>
      {stop.floor !== null && <p class="floor">{say('floor', { floor: stop.floor }) + lift}</p>}
      <p class="meal">
        <strong>{say('portions', { count: stop.portions })}</strong>
        {stop.diets.length > 0 && <span class="special">{listed('diet', stop.diets, say)}</span>}
      </p>
      <p class="times">
        {say('planned', { time: clockTime(stop.arrives_at, zone) })}
        {stop.window_from && stop.window_to && (
          <> · {say('window', { from: stop.window_from.slice(0, 5), to: stop.window_to.slice(0, 5) })}</>
        )}
      </p>
      {stop.door_note && (
        <p class="door-note">
          <strong>{say('note')}</strong> {stop.door_note}
        </p>
      )}
      {stop.needs.length > 0 && (
        <p class="door-note">
          <strong>{say('needs')}</strong> {listed('need', stop.needs, say)}
        </p>
      )}
    </>
  );
}
