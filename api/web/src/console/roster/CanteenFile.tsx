// A canteen: what it cooks for each meal, when couriers load, where it is; or the file of a new one.
import type { ViewProperties } from '../view.ts';
import { type CanteenForm, canteenEntry, canteenForm, canteenProblems, type MealForm, NEW_CANTEEN, newCanteenEntry } from './canteens.ts';
import { MEALS } from './editing.ts';
import { Group } from './ElderFields.tsx';
import { Check, TextField } from './fields/Field.tsx';
import { BackToList, FilePage } from './FilePage.tsx';
import { OpenBar, SaveBar } from './SaveBar.tsx';
import { SitePlace } from './SitePlace.tsx';
import type { Canteen } from './types.ts';
import { useFile } from './useFile.ts';

const CANTEENS = '/api/v1/canteens';

export function CanteenFile(properties: ViewProperties & { code: string }) {
  const { say, go, code } = properties;
  if (code === 'new') {
    const open = (made: Canteen) => go({ view: 'roster', service: null, rest: ['canteens', made.code] });
    return (
      <article class="file">
        <BackToList {...{ say }} part="canteens" />
        <Opened {...properties} canteen={null} path={null} keep={open} />
      </article>
    );
  }
  const path = `${CANTEENS}/${encodeURIComponent(code)}`;
  return (
    <FilePage<Canteen> {...properties} {...{ path }} part="canteens">
      {(canteen, keep) => <Opened {...properties} {...{ canteen, path, keep }} />}
    </FilePage>
  );
}

interface OpenedProperties extends ViewProperties {
  /** null: a new one. */
  canteen: Canteen | null;
  path: string | null;
  keep: (canteen: Canteen) => void;
}

function Opened({ client, say, language, may, canteen, path, keep }: OpenedProperties) {
  const { form, change, count, problems, sending, kept, submit } = useFile<CanteenForm, Canteen>({
    say,
    name: `canteen:${canteen?.code ?? 'new'}`,
    saved: canteen === null ? NEW_CANTEEN : canteenForm(canteen),
    entryOf: canteen === null ? newCanteenEntry : canteenEntry,
    problemsOf: canteenProblems,
    send: (body) =>
      path === null ? client.send(CANTEENS, { method: 'POST', body }) : client.send(path, { method: 'PATCH', body }),
    opens: canteen === null,
    keep,
  });
  const editable = may.has('change_sites');
  const text = (name: 'code' | 'name' | 'address' | 'phone' | 'note') => ({
    label: say(name === 'name' ? 'field_site_name' : `field_${name}`),
    value: form[name],
    onValue: (value: string) => change({ [name]: value }),
    problem: problems[name],
  });
  return (
    <>
      <h2>
        {canteen === null ? say('new_canteen') : canteen.name}{' '}
        {canteen !== null && <span class="state">{canteen.code}</span>}
      </h2>
      <form noValidate onSubmit={submit}>
        <fieldset class="plain" disabled={!editable}>
          <Group title={say('part_site')}>
            {canteen === null && <TextField {...text('code')} required />}
            <TextField {...text('name')} required />
            <TextField {...text('address')} />
            <TextField {...text('phone')} />
            <Check label={say('in_use')} checked={form.active} onValue={(active) => change({ active })} />
            <TextField {...text('note')} wide />
          </Group>
          {MEALS.map((meal) => (
            <MealGroup
              key={meal}
              {...{ say, meal, problems }}
              form={form[meal]}
              put={(part) => change({ [meal]: { ...form[meal], ...part } })}
            />
          ))}
        </fieldset>
        {canteen === null && <OpenBar {...{ say, sending, problems }} />}
        {canteen !== null && editable && (
          <SaveBar {...{ say, sending, kept, count, problems }} undo={() => change(null)} />
        )}
      </form>
      {canteen !== null && path !== null && editable && (
        <SitePlace {...{ client, say, language, path, keep }} site={canteen} />
      )}
    </>
  );
}

interface MealProperties extends Pick<ViewProperties, 'say'> {
  meal: (typeof MEALS)[number];
  form: MealForm;
  put: (part: Partial<MealForm>) => void;
  problems: Readonly<Record<string, string>>;
}

function MealGroup({ say, meal, form, put, problems }: MealProperties) {
  return (
    <Group title={say(`field_${meal}`)}>
      <TextField
        type="number"
        label={say('field_capacity')}
        value={form.capacity}
        onValue={(capacity) => put({ capacity })}
        problem={problems[`${meal}.capacity`] ?? problems[`${meal}.portions`]}
        hint={say('empty_cooks_none')}
      />
      <TextField
        type="time"
        label={say('field_opens')}
        value={form.opens}
        onValue={(opens) => put({ opens })}
        problem={problems[`${meal}.opens`]}
      />
      <TextField
        type="time"
        label={say('field_closes')}
        value={form.closes}
        onValue={(closes) => put({ closes })}
        problem={problems[`${meal}.closes`]}
      />
    </Group>
  );
}
