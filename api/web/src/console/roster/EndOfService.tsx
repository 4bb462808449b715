// The end of an elder's service (death, move), and taking it up again.
import { useState } from 'preact/hooks';

import { problemsOf } from './editing.ts';
import { useSending } from './sending.ts';
import type { FilePart } from './filePart.ts';
import { ChoiceField, TextField } from './fields/Field.tsx';
import { Said } from './fields/Said.tsx';
import type { Elder } from './types.ts';
import { wordOf } from './words.ts';

const REASONS = ['death', 'moved', 'other'] as const;

export function EndOfService({ client, say, path, today, elder, keep }: FilePart) {
  const sending = useSending(say);
  const [reason, setReason] = useState('');
  const [day, setDay] = useState(today);
  const problems = problemsOf(sending.fields, {});
  const send = async (action: string, body?: unknown) => {
    const next = await sending.run(() => client.send<Elder>(`${path}/${action}`, { method: 'POST', body }));
    if (next !== null) keep(next);
  };
  if (elder.ended_on !== null) {
    return (
      <section class="group">
        <h3>{say('part_end')}</h3>
        <p class="note">{say('reopen_note')}</p>
        <Said {...{ say, sending }} />
        <button type="button" disabled={sending.busy} onClick={() => void send('reopen')}>
          {say('reopen_now')}
        </button>
      </section>
    );
  }
  return (
    <details class="group">
      <summary>{say('part_end')}</summary>
      <p class="note">{say('end_note')}</p>
      <Said {...{ say, sending }} placed={Object.keys(problems).length} />
      <form
        class="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send('end', { reason, day: day || null });
        }}
      >
        <ChoiceField
          label={say('field_reason')}
          value={reason}
          onValue={setReason}
          choices={['', ...REASONS].map((one) => [one, one === '' ? say('none_chosen') : wordOf(say, 'end_reason', one)])}
        />
        <TextField type="date" label={say('field_end_day')} value={day} onValue={setDay} problem={problems['day']} />
        <button type="submit" disabled={sending.busy || reason === ''}>
          {say('end_now')}
        </button>
      </form>
    </details>
  );
}
