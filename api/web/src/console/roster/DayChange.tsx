// Another number of portions on one day, or no meal at all that day.
import { useState } from 'preact/hooks';

import type { Meal } from '../../service/types.ts';
import { useSending } from './sending.ts';
import { MEALS, problemsOf } from './editing.ts';
import type { FilePart } from './filePart.ts';
import { ChoiceField, TextField } from './fields/Field.tsx';
import { Said } from './fields/Said.tsx';
import type { Elder } from './types.ts';
import { WAYS } from './MealFields.tsx';
import { wordOf } from './words.ts';

export function DayChange({ client, say, path, today, elder, keep, editable }: FilePart & { editable: boolean }) {
  const sending = useSending(say);
  const [form, setForm] = useState({ day: today, meal: 'lunch' as Meal, portions: '1', way: '', note: '' });
  const problems = problemsOf(sending.fields, {});
  const send = async (portions: string) => {
    const { day, meal, way, note } = form;
    const body = { day, meal, portions, ...(way ? { way } : {}), ...(note ? { note } : {}) };
    const next = await sending.run(() => client.send<Elder>(`${path}/order-changes`, { method: 'PUT', body }));
    if (next !== null) keep(next);
  };
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const coming = elder.order_changes.filter((one) => one.day >= today);
  return (
    <section class="group">
      <h3>{say('part_day')}</h3>
      <ul>
        {coming.map((one) => (
          <li key={`${one.day}${one.meal}`}>
            {one.day} {say(`field_${one.meal}`)}:{' '}
            {one.portions === 0 ? say('day_cancelled') : say('portions_count', { count: one.portions })}{' '}
            {wordOf(say, 'way', one.way)} {one.note} {one.made_by && <span class="note">{one.made_by}</span>}
          </li>
        ))}
      </ul>
      <Said {...{ say, sending }} placed={Object.keys(problems).length} />
      {editable && elder.ended_on === null && (
        <form
          class="fields"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void send(form.portions);
          }}
        >
          <TextField type="date" label={say('field_day')} value={form.day} onValue={(day) => change({ day })} problem={problems['day']} />
          <ChoiceField
            label={say('field_meal')}
            value={form.meal}
            onValue={(meal) => change({ meal: meal as Meal })}
            choices={MEALS.map((meal) => [meal, say(`field_${meal}`)])}
          />
          <TextField
            type="number"
            label={say('field_portions')}
            value={form.portions}
            onValue={(portions) => change({ portions })}
            problem={problems['portions']}
          />
          <ChoiceField
            label={say('field_way')}
            value={form.way}
            onValue={(way) => change({ way })}
            choices={['', ...WAYS].map((way) => [way, way === '' ? say('none_chosen') : wordOf(say, 'way', way)])}
          />
          <TextField label={say('field_note')} value={form.note} onValue={(note) => change({ note })} problem={problems['note']} />
          <div class="actions wide-field">
            <button type="submit" disabled={sending.busy}>
              {say('change_day')}
            </button>
            <button type="button" class="quiet" disabled={sending.busy} onClick={() => void send('0')}>
              {say('cancel_day')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
