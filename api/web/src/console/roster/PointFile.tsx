// A meal point's file: who supplies it, how much it hands out and when, where it is; or that of a new one.
import type { ViewProperties } from '../view.ts';
import { problemsOf } from './editing.ts';
import { Group } from './ElderFields.tsx';
import { Check, ChoiceField, TextField } from './fields/Field.tsx';
import { BackToList, FilePage } from './FilePage.tsx';
import { NEW_POINT, newPointEntry, type PointForm, pointEntry, pointForm } from './points.ts';
import { OpenBar, SaveBar } from './SaveBar.tsx';
import { SitePlace } from './SitePlace.tsx';
import type { MealPoint } from './types.ts';
import { onlyOwn, useChoices } from './useChoices.ts';
import { useFile } from './useFile.ts';

const POINTS = '/api/v1/meal-points';

export function PointFile(properties: ViewProperties & { code: string }) {
  const { say, go, code } = properties;
  if (code === 'new') {
    const open = (made: MealPoint) => go({ view: 'roster', service: null, rest: ['points', made.code] });
    return (
      <article class="file">
        <BackToList {...{ say }} part="points" />
        <Opened {...properties} point={null} path={null} keep={open} />
      </article>
    );
  }
  const path = `${POINTS}/${encodeURIComponent(code)}`;
  return (
    <FilePage<MealPoint> {...properties} {...{ path }} part="points">
      {(point, keep) => <Opened {...properties} {...{ point, path, keep }} />}
    </FilePage>
  );
}

interface OpenedProperties extends ViewProperties {
  /** null: a new one. */
  point: MealPoint | null;
  path: string | null;
  keep: (point: MealPoint) => void;
}

function Opened({ client, say, language, may, point, path, keep }: OpenedProperties) {
  const choices = useChoices(client, say);
  const own = point === null ? onlyOwn(may, choices) : '';
  const withOwn = (typed: PointForm) => ({ ...typed, canteen: typed.canteen || own });
  const { form, change, count, problems, sending, kept, submit } = useFile<PointForm, MealPoint>({
    say,
    name: `point:${point?.code ?? 'new'}`,
    saved: point === null ? NEW_POINT : pointForm(point),
    entryOf: point === null ? (typed) => newPointEntry(withOwn(typed)) : pointEntry,
    problemsOf,
    send: (body) =>
      path === null ? client.send(POINTS, { method: 'POST', body }) : client.send(path, { method: 'PATCH', body }),
    opens: point === null,
    keep,
  });
  const editable = may.has('change_sites');
  const text = (name: Exclude<keyof PointForm, 'active'>, label: Parameters<typeof say>[0]) => ({
    label: say(label),
    value: withOwn(form)[name],
    onValue: (value: string) => change({ [name]: value }),
    problem: problems[name],
  });
  return (
    <>
      <h2>
        {point === null ? say('new_point') : point.name} {point !== null && <span class="state">{point.code}</span>}
      </h2>
      <form noValidate onSubmit={submit}>
        <fieldset class="plain" disabled={!editable}>
          <Group title={say('part_site')}>
            {point === null && <TextField {...text('code', 'field_code')} required />}
            <TextField {...text('name', 'field_site_name')} required />
            <ChoiceField
              {...text('canteen', 'supplied_by')}
              required
              choices={[['', say('none_chosen')], ...choices.canteens.map((one) => [one.code, `${one.code} ${one.name ?? ''}`] as const)]}
            />
            <TextField {...text('address', 'field_address')} />
            <Check label={say('in_use')} checked={form.active} onValue={(active) => change({ active })} />
            <TextField {...text('note', 'field_note')} wide />
          </Group>
          <Group title={say('field_handed_out')}>
            <TextField {...text('capacity', 'field_most_portions')} type="number" required />
            <TextField {...text('opens', 'field_collect_from')} type="time" />
            <TextField {...text('closes', 'field_collect_until')} type="time" />
          </Group>
        </fieldset>
        {point === null && <OpenBar {...{ say, sending, problems }} />}
        {point !== null && editable && <SaveBar {...{ say, sending, kept, count, problems }} undo={() => change(null)} />}
      </form>
      {point !== null && path !== null && editable && <SitePlace {...{ client, say, language, path, keep }} site={point} />}
    </>
  );
}
