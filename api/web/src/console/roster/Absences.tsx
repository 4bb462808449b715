// Days on which a courier cannot come.
import { useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Say } from '../texts.ts';
import { useSending } from './sending.ts';
import { problemsOf } from './editing.ts';
import { TextField } from './fields/Field.tsx';
import { Said } from './fields/Said.tsx';
import { Span } from './Span.tsx';
import type { Courier } from './types.ts';

interface Properties {
  client: Client;
  say: Say;
  today: string;
  path: string;
  courier: Courier;
  keep: (courier: Courier) => void;
  editable: boolean;
}

export function Absences({ client, say, today, path, courier, keep, editable }: Properties) {
  const sending = useSending(say);
  const [entry, setEntry] = useState({ first_day: today, last_day: '', reason: '' });
  const problems = problemsOf(sending.fields, {});
  const note = async () => {
    const body = { ...entry, last_day: entry.last_day || null, reason: entry.reason || null };
    const next = await sending.run(() => client.send<Courier>(`${path}/absences`, { method: 'POST', body }));
    if (next !== null) keep(next);
  };
  const takeBack = async (first: string) => {
    const next = await sending.run(() => client.send<Courier>(`${path}/absences/${first}`, { method: 'DELETE' }));
    if (next !== null) keep(next);
  };
  return (
    <section class="group">
      <h3>{say('part_absences')}</h3>
      {courier.absences.length === 0 && <p class="note">{say('no_absences')}</p>}
      <ul>
        {courier.absences.map((one) => (
          <li key={one.first_day}>
            <Span {...{ say }} pause={one} />{' '}
            {editable && (
              <button type="button" class="quiet" aria-label={`${say('take_back')} ${one.first_day}`} onClick={() => void takeBack(one.first_day)}>
                {say('take_back')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Said {...{ say, sending }} placed={Object.keys(problems).length} />
      {editable && (
        <form
          class="fields"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void note();
          }}
        >
          <TextField
            type="date"
            label={say('field_first_day')}
            value={entry.first_day}
            onValue={(first_day) => setEntry({ ...entry, first_day })}
            problem={problems['first_day'] ?? problems['']}
          />
          <TextField
            type="date"
            label={say('field_last_day')}
            hint={say('empty_further_notice')}
            value={entry.last_day}
            onValue={(last_day) => setEntry({ ...entry, last_day })}
            problem={problems['last_day']}
          />
          <TextField label={say('field_reason')} value={entry.reason} onValue={(reason) => setEntry({ ...entry, reason })} />
          <button type="submit" disabled={sending.busy}>
            {say('note_absence')}
          </button>
        </form>
      )}
    </section>
  );
}
