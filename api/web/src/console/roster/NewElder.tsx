// Opens the file of a new elder.
import { useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { useSending } from './sending.ts';
import { useDraft } from './drafts.ts';
import { EMPTY, newEntryOf, problemsOf } from './editing.ts';
import { ElderFields } from './ElderFields.tsx';
import { TextField } from './fields/Field.tsx';
import { Said } from './fields/Said.tsx';
import { rosterHash } from './places.ts';
import type { Elder } from './types.ts';
import { useChoices } from './useChoices.ts';

export function NewElder({ client, say, may, go }: ViewProperties) {
  const [typed, hold] = useDraft('elder:new', EMPTY);
  const sending = useSending(say);
  const [sent, setSent] = useState<Record<string, unknown>>({});
  const choices = useChoices(client, say);
  const problems = problemsOf(sending.fields, sent);
  // A manager's files belong to one of the own canteens; whoever keeps one only need not choose it.
  const own = may.has('import_roster') || choices.canteens.length !== 1 ? '' : (choices.canteens[0]?.code ?? '');
  const form = { ...typed, canteen: typed.canteen || own };
  const open = async () => {
    const entry = newEntryOf(form);
    setSent(entry);
    const elder = await sending.run(() => client.send<Elder>('/api/v1/elders', { method: 'POST', body: entry }));
    if (elder === null) return;
    hold(null);
    const located = elder.home.unlocated_reason === null;
    go({ view: 'roster', service: null, rest: [located ? 'elders' : 'unlocated', elder.code] });
  };
  return (
    <article class="file">
      <p>
        <a href={rosterHash('elders')}>{say('roster_back')}</a>
      </p>
      <h2>{say('new_elder')}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <div class="fields">
          <TextField
            required
            label={say('field_code')}
            value={form.code}
            onValue={(code) => hold({ ...form, code })}
            problem={problems['code']}
          />
        </div>
        <ElderFields {...{ say, form, problems, choices }} change={(part) => hold({ ...form, ...part })} derived={null} />
        <div class="save-bar">
          <Said {...{ say, sending }} placed={Object.keys(problems).length} />
          <button type="submit" disabled={sending.busy}>
            {say('open_file')}
          </button>
        </div>
      </form>
    </article>
  );
}
