// Opens the file of a new elder.
import type { ViewProperties } from '../view.ts';
import { type ElderForm, EMPTY, newEntryOf, problemsOf } from './editing.ts';
import { ElderFields } from './ElderFields.tsx';
import { TextField } from './fields/Field.tsx';
import { BackToList } from './FilePage.tsx';
import { OpenBar } from './SaveBar.tsx';
import type { Elder } from './types.ts';
import { onlyOwn, useChoices } from './useChoices.ts';
import { useFile } from './useFile.ts';

export function NewElder({ client, say, may, go }: ViewProperties) {
  const choices = useChoices(client, say);
  const withOwn = (form: ElderForm) => ({ ...form, canteen: form.canteen || onlyOwn(may, choices) });
  const { form, change, problems, sending, submit } = useFile<ElderForm, Elder>({
    say,
    name: 'elder:new',
    saved: EMPTY,
    entryOf: (typed) => newEntryOf(withOwn(typed)),
    problemsOf,
    send: (body) => client.send('/api/v1/elders', { method: 'POST', body }),
    opens: true,
    keep: ({ code, home }) => {
      const located = home.unlocated_reason === null;
      go({ view: 'roster', service: null, rest: [located ? 'elders' : 'unlocated', code] });
    },
  });
  return (
    <article class="file">
      <BackToList {...{ say }} part="elders" />
      <h2>{say('new_elder')}</h2>
      <form noValidate onSubmit={submit}>
        <div class="fields">
          <TextField
            required
            label={say('field_code')}
            value={form.code}
            onValue={(code) => change({ code })}
            problem={problems['code']}
          />
        </div>
        <ElderFields {...{ say, problems, choices, change }} form={withOwn(form)} derived={null} />
        <OpenBar {...{ say, sending, problems }} />
      </form>
    </article>
  );
}
