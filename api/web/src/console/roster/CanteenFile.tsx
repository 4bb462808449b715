// A canteen: what it cooks for each meal, when couriers load, where it is reached.
import { useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { useSending } from './sending.ts';
import { type CanteenForm, canteenEntry, canteenForm, type MealForm } from './canteens.ts';
import { useDraft } from './drafts.ts';
import { MEALS, problemsOf } from './editing.ts';
import { Group } from './ElderFields.tsx';
import { TextField } from './fields/Field.tsx';
import { rosterHash } from './places.ts';
import { SaveBar } from './SaveBar.tsx';
import type { Canteen } from './types.ts';

export function CanteenFile(properties: ViewProperties & { code: string }) {
  const { client, say, code } = properties;
  const path = `/api/v1/canteens/${encodeURIComponent(code)}`;
  const { answer: content, problem } = useAsked<Canteen>(client, say, path);
  const [newer, setNewer] = useState<Canteen | null>(null);
  const canteen = newer ?? content;
  return (
    <article class="file">
      <p>
        <a href={rosterHash('canteens')}>{say('roster_back')}</a>
      </p>
      <div aria-live="polite">{problem !== null && <p class="alert">{problem}</p>}</div>
      {canteen !== null && <Opened {...properties} {...{ canteen, path }} keep={setNewer} />}
    </article>
  );
}

interface OpenedProperties extends ViewProperties {
  canteen: Canteen;
  path: string;
  keep: (canteen: Canteen) => void;
}

function Opened({ client, say, may, canteen, path, keep }: OpenedProperties) {
  const saved = canteenForm(canteen);
  const [form, hold, differs] = useDraft<CanteenForm>(`canteen:${canteen.code}`, saved);
  const sending = useSending(say);
  const [kept, setKept] = useState(false);
  const [sent, setSent] = useState<Record<string, unknown>>({});
  const entry = canteenEntry(form, saved);
  const meals = sent['meals'];
  const problems = problemsOf(
    sending.fields.map(({ field, message }) => ({ field: field.replace('.meals.', '.standing.'), message })),
    { standing: meals ?? [] },
  );
  const editable = may.has('change_sites');
  const change = (part: Partial<CanteenForm>) => {
    setKept(false);
    hold({ ...form, ...part });
  };
  const text = (name: 'name' | 'address' | 'phone' | 'note') => ({
    label: say(name === 'name' ? 'field_site_name' : `field_${name}`),
    value: form[name],
    onValue: (value: string) => change({ [name]: value }),
    problem: problems[name],
  });
  const save = async () => {
    setSent(entry);
    const next = await sending.run(() => client.send<Canteen>(path, { method: 'PATCH', body: entry }));
    if (next === null) return;
    hold(null);
    keep(next);
    setKept(true);
  };
  return (
    <>
      <h2>
        {canteen.name} <span class="state">{canteen.code}</span>
      </h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (differs) void save();
        }}
      >
        <fieldset class="plain" disabled={!editable}>
          {MEALS.map((meal) => {
            const put = (part: Partial<MealForm>) => change({ [meal]: { ...form[meal], ...part } });
            return (
              <Group key={meal} title={say(`field_${meal}`)}>
                <TextField
                  type="number"
                  label={say('field_capacity')}
                  value={form[meal].capacity}
                  onValue={(capacity) => put({ capacity })}
                  problem={problems[`${meal}.capacity`]}
                  hint={say('empty_ends_meal')}
                />
                <TextField
                  type="time"
                  label={say('field_opens')}
                  value={form[meal].opens}
                  onValue={(opens) => put({ opens })}
                  problem={problems[`${meal}.opens`]}
                />
                <TextField
                  type="time"
                  label={say('field_closes')}
                  value={form[meal].closes}
                  onValue={(closes) => put({ closes })}
                  problem={problems[`${meal}.closes`]}
                />
              </Group>
            );
          })}
          <Group title={say('part_person')}>
            <TextField {...text('name')} />
            <TextField {...text('address')} />
            <TextField {...text('phone')} />
            <TextField {...text('note')} wide />
          </Group>
        </fieldset>
        {editable && (
          <SaveBar
            {...{ say, sending, kept }}
            count={Object.keys(entry).length}
            placed={Object.keys(problems).length}
            undo={() => hold(null)}
          />
        )}
      </form>
    </>
  );
}
