// Days without meals: hospital, travel, until further notice; and meals again.
import { useState } from 'preact/hooks';

import { useSending } from './sending.ts';
import { DaysForm } from './DaysForm.tsx';
import type { FilePart } from './filePart.ts';
import { TextField } from './fields/Field.tsx';
import { Said } from './fields/Said.tsx';
import { Span } from './Span.tsx';
import { problemsOf } from './editing.ts';
import type { Elder } from './types.ts';

export function Pauses({ client, say, path, today, elder, keep, editable }: FilePart & { editable: boolean }) {
  const sending = useSending(say);
  const [day, setDay] = useState(today);
  const problems = problemsOf(sending.fields, {});
  const send = async (action: string, body: unknown) => {
    const next = await sending.run(() => client.send<Elder>(`${path}/${action}`, { method: 'POST', body }));
    if (next !== null) keep(next);
  };
  const resume = (event: Event) => {
    event.preventDefault();
    void send('resume', { day });
  };
  const paused = elder.pauses.some((one) => one.last_day === null || one.last_day >= today);
  return (
    <section class="group">
      <h3>{say('part_pauses')}</h3>
      {elder.pauses.length === 0 && <p class="note">{say('no_pauses')}</p>}
      <ul>
        {elder.pauses.map((one) => (
          <li key={one.first_day}>
            <Span {...{ say }} pause={one} />
          </li>
        ))}
      </ul>
      <Said {...{ say, sending }} placed={Object.keys(problems).length} />
      {editable && elder.ended_on === null && (
        <DaysForm
          {...{ say, today, problems }}
          busy={sending.busy}
          reasons={[say('reason_hospital'), say('reason_away')]}
          action={say('pause_now')}
          send={(days) => send('pauses', days)}
        />
      )}
      {editable && paused && (
        <form class="fields" noValidate onSubmit={resume}>
          <TextField type="date" label={say('resume_from')} value={day} onValue={setDay} problem={problems['day']} />
          <button type="submit" disabled={sending.busy}>
            {say('resume_now')}
          </button>
        </form>
      )}
    </section>
  );
}
