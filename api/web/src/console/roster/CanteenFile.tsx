// A canteen: what it cooks for each meal, when couriers load, where it is reached.
import type { ViewProperties } from '../view.ts';
import { type CanteenForm, canteenEntry, canteenForm, canteenProblems, type MealForm } from './canteens.ts';
import { MEALS } from './editing.ts';
import { Group } from './ElderFields.tsx';
import { TextField } from './fields/Field.tsx';
import { FilePage } from './FilePage.tsx';
import { SaveBar } from './SaveBar.tsx';
import type { Canteen } from './types.ts';
import { useFile } from './useFile.ts';

export function CanteenFile(properties: ViewProperties & { code: string }) {
  const path = `/api/v1/canteens/${encodeURIComponent(properties.code)}`;
  return (
    <FilePage<Canteen> {...properties} {...{ path }} part="canteens">
      {(canteen, keep) => <Opened {...properties} {...{ canteen, path, keep }} />}
    </FilePage>
  );
}

interface OpenedProperties extends ViewProperties {
  canteen: Canteen;
  path: string;
  keep: (canteen: Canteen) => void;
}

function Opened({ client, say, may, canteen, path, keep }: OpenedProperties) {
  const { form, change, count, problems, sending, kept, submit } = useFile<CanteenForm, Canteen>({
    say,
    name: `canteen:${canteen.code}`,
    saved: canteenForm(canteen),
    entryOf: canteenEntry,
    problemsOf: canteenProblems,
    send: (body) => client.send(path, { method: 'PATCH', body }),
    keep,
  });
  const editable = may.has('change_sites');
  const text = (name: 'name' | 'address' | 'phone' | 'note') => ({
    label: say(name === 'name' ? 'field_site_name' : `field_${name}`),
    value: form[name],
    onValue: (value: string) => change({ [name]: value }),
    problem: problems[name],
  });
  return (
    <>
      <h2>
        {canteen.name} <span class="state">{canteen.code}</span>
      </h2>
      <form noValidate onSubmit={submit}>
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
        {editable && <SaveBar {...{ say, sending, kept, count, problems }} undo={() => change(null)} />}
      </form>
    </>
  );
}
