// Condition notes: what couriers noticed at a door, to be looked into and answered.
import { useState } from 'preact/hooks';

import { newId } from '../../phone/ids.ts';
import type { ConditionNote } from '../../service/delivery.ts';
import { hashOf } from '../address.ts';
import { useEntering } from '../entering/hooks.ts';
import { clockText } from '../parts/times.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { doorName } from './doors.ts';
import { handledEntry } from './entries.ts';
import { focusTitle } from './focus.ts';

export interface ListProperties extends ViewProperties {
  service: Listed;
  /** Read the lists again. */
  again: () => void;
}

export function NoteList(properties: ListProperties & { notes: readonly ConditionNote[] }) {
  const { say, zone, notes } = properties;
  const waiting = notes.filter((one) => one.handled_at === null);
  const handled = notes.filter((one) => one.handled_at !== null).reverse();
  return (
    <section aria-labelledby="conditions-title">
      <h3 id="conditions-title" tabIndex={-1}>{say('notes_conditions')}</h3>
      {waiting.length === 0 && <p class="well">{say('notes_none')}</p>}
      <ul class="queue">
        {waiting.map((one) => (
          <NoteRow key={one.uid} {...properties} one={one} />
        ))}
      </ul>
      {handled.length > 0 && (
        <details class="done">
          <summary>{say('notes_handled', { count: handled.length })}</summary>
          <ul>
            {handled.map((one) => (
              <li key={one.uid}>
                <What {...properties} one={one} /> ·{' '}
                {say('note_handled_by', { at: clockText(one.handled_at ?? one.at, zone), by: one.handled_by ?? '–' })}
                {one.answer !== null && <q>{one.answer}</q>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

type RowProperties = ListProperties & { one: ConditionNote };

function NoteRow(properties: RowProperties) {
  const { say, may, outbox, service, one, again } = properties;
  const [answer, setAnswer] = useState('');
  const { waiting, problem, enter } = useEntering(outbox, `note/${one.uid}`);
  const handle = async (event: Event) => {
    event.preventDefault();
    if (await enter(handledEntry(service, newId(), one, answer))) {
      again();
      focusTitle('conditions-title');
    }
  };
  return (
    <li class={one.condition === 'seems_unwell' ? 'card urgent' : 'card'}>
      <p>
        <What {...properties} />{' '}
        {one.door.elder !== null && may.has('change_elders') && (
          <a href={hashOf({ view: 'roster', service: null, rest: ['elders', one.door.elder.code] })}>
            {say('finding_file', { name: one.door.elder.name })}
          </a>
        )}
      </p>
      {may.has('change_delivery') && (
        <form class="row" onSubmit={(event) => void handle(event)}>
          <label>
            {say('note_answer')}
            <input value={answer} maxLength={500} onInput={(event) => setAnswer(event.currentTarget.value)} />
          </label>
          <button type="submit" disabled={waiting}>
            {say('note_handle')}
          </button>
        </form>
      )}
      <div role="alert">{problem !== null && <p class="alert">{problem}</p>}</div>
    </li>
  );
}

/** What was noticed, where, when, by whom. */
function What({ say, zone, one }: RowProperties) {
  return (
    <>
      <strong>{doorName(one.door, say)}</strong>{' '}
      {one.condition !== null && <strong class="condition">{say(`condition_${one.condition}`)}</strong>}
      {one.note !== null && <q>{one.note}</q>}{' '}
      <span class="note">
        {one.door.address !== null && <>{one.door.address} · </>}
        {say('at_by', { at: clockText(one.at, zone), by: one.courier ?? one.by })}
      </span>
    </>
  );
}
