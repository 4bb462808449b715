// Meals that were not handed over: where they went, stop by stop, until every portion is accounted for.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { newId } from '../../phone/ids.ts';
import { type Fate, FATES, SERVED, type StopDay } from '../../service/delivery.ts';
import { useEntering } from '../entering/hooks.ts';
import { wentText } from '../parts/fates.ts';
import { doorName } from './doors.ts';
import { fateEntry } from './entries.ts';
import { focusTitle } from './focus.ts';
import type { ListProperties } from './NoteList.tsx';

export function MealsLeft(properties: ListProperties & { stops: readonly StopDay[] }) {
  const { say, stops } = properties;
  const [reopened, setReopened] = useState<number | null>(null);
  const left = stops.filter((one) => one.unaccounted > 0 || one.door.order === reopened);
  const done = stops.filter((one) => one.outcome !== null && !SERVED.has(one.outcome) && !left.includes(one));
  return (
    <section aria-labelledby="meals-title">
      <h3 id="meals-title" tabIndex={-1}>{say('meals_left')}</h3>
      {left.length === 0 && <p class="well">{say('meals_left_none')}</p>}
      <ul class="queue">
        {left.map((one) => (
          <Row
            key={one.door.order}
            {...properties}
            stop={one}
            anew={one.door.order === reopened}
            done={() => setReopened(null)}
          />
        ))}
      </ul>
      {done.length > 0 && (
        <details class="done">
          <summary>{say('meals_done', { count: done.length })}</summary>
          <ul>
            {done.map((one) => (
              <li key={one.door.order}>
                {doorName(one.door, say)} · {wentText(one, say)}{' '}
                {properties.may.has('change_delivery') && (
                  <button type="button" class="quiet" onClick={() => setReopened(one.door.order)}>
                    {say('meals_again')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface RowProperties extends ListProperties {
  stop: StopDay;
  /** Whether what was entered before is replaced. */
  anew: boolean;
  done: () => void;
}

function Row({ say, may, outbox, service, again, stop, anew, done }: RowProperties) {
  const most = anew ? stop.door.portions : stop.unaccounted;
  const [count, setCount] = useState(most);
  const [whom, setWhom] = useState('');
  const [asking, setAsking] = useState(false);
  const [lacking, setLacking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (asking) field.current?.focus();
  }, [asking]);
  const { waiting, problem, enter } = useEntering(outbox, `meal/${stop.door.order}`);
  const portions = Math.min(Math.max(1, count), most); // somebody else may have entered some meanwhile
  const went = async (fate: Fate) => {
    const lacks = fate === 'given' && whom.trim() === '';
    setAsking(fate === 'given');
    setLacking(lacks);
    if (lacks) return;
    const to = fate === 'given' ? whom : '';
    if (!(await enter(fateEntry(service, newId(), stop, fate, portions, to, anew)))) return;
    done();
    again();
    focusTitle('meals-title');
  };
  return (
    <li class="card left-meal">
      <p>
        <strong>{doorName(stop.door, say)}</strong>{' '}
        {stop.outcome !== null && say(`outcome_${stop.outcome}`)}
        {stop.note !== null && <q>{stop.note}</q>} · <strong>{say('meals_left_count', { count: most })}</strong>{' '}
        {!anew && wentText(stop, say)}
      </p>
      {may.has('change_delivery') && (
        <div class="row">
          {most > 1 && (
            <label class="few">
              {say('meals_how_many')}
              <input
                type="number"
                min={1}
                max={most}
                value={portions}
                onInput={(event) => setCount(event.currentTarget.valueAsNumber || 1)}
              />
            </label>
          )}
          {asking && (
            <label>
              {say('meals_given_to')}
              <input
                ref={field}
                value={whom}
                maxLength={500}
                onInput={(event) => setWhom(event.currentTarget.value)}
              />
            </label>
          )}
          <span class="results">
            {FATES.map((fate) => (
              <button key={fate} type="button" disabled={waiting} onClick={() => void went(fate)}>
                {say(`fate_${fate}`)}
              </button>
            ))}
          </span>
        </div>
      )}
      <div role="alert">
        {lacking && <p class="alert">{say('meals_given_needed')}</p>}
        {problem !== null && <p class="alert">{problem}</p>}
      </div>
    </li>
  );
}
