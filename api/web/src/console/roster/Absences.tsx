// Days on which a courier cannot come.
import type { Client } from '../../service/client.ts';
import type { Say } from '../texts.ts';
import { useSending } from './sending.ts';
import { problemsOf } from './editing.ts';
import { DaysForm } from './DaysForm.tsx';
import { Said } from './fields/Said.tsx';
import { Span } from './Span.tsx';
import type { Courier, Pause } from './types.ts';

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
  const problems = problemsOf(sending.fields, {});
  const note = async (body: Pause) => {
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
      {editable && <DaysForm {...{ say, today, problems }} busy={sending.busy} action={say('note_absence')} send={note} />}
    </section>
  );
}
