// A courier's file: hours, phone, how they travel, days away; or the file of a new one.
import type { ViewProperties } from '../view.ts';
import { Absences } from './Absences.tsx';
import { CourierFields } from './CourierFields.tsx';
import { type CourierForm, courierEntry, courierForm, courierProblems, NEW_COURIER, newCourierEntry } from './couriers.ts';
import { TextField } from './fields/Field.tsx';
import { BackToList, FilePage } from './FilePage.tsx';
import { History } from './History.tsx';
import { OpenBar, SaveBar } from './SaveBar.tsx';
import type { Courier } from './types.ts';
import { onlyOwn, useChoices } from './useChoices.ts';
import { useFile } from './useFile.ts';

export function CourierFile(properties: ViewProperties & { code: string }) {
  const { say, go, code } = properties;
  if (code === 'new') {
    const open = (made: Courier) => go({ view: 'roster', service: null, rest: ['couriers', made.code] });
    return (
      <article class="file">
        <BackToList {...{ say }} part="couriers" />
        <Opened {...properties} courier={null} path={null} keep={open} />
      </article>
    );
  }
  const path = `/api/v1/couriers/${encodeURIComponent(code)}`;
  return (
    <FilePage<Courier> {...properties} {...{ path }} part="couriers">
      {(courier, keep) => <Opened {...properties} {...{ courier, path, keep }} />}
    </FilePage>
  );
}

interface OpenedProperties extends ViewProperties {
  /** null: a new one. */
  courier: Courier | null;
  path: string | null;
  keep: (courier: Courier) => void;
}

function Opened({ client, say, language, zone, today, may, courier, path, keep }: OpenedProperties) {
  const choices = useChoices(client, say);
  const own = courier === null ? onlyOwn(may, choices) : '';
  const withOwn = (typed: CourierForm) => ({ ...typed, canteen: typed.canteen || own });
  const { form, change, count, problems, sending, kept, submit } = useFile<CourierForm, Courier>({
    say,
    name: `courier:${courier?.code ?? 'new'}`,
    saved: courier === null ? NEW_COURIER : courierForm(courier),
    entryOf: courier === null ? (typed) => newCourierEntry(withOwn(typed)) : courierEntry,
    problemsOf: courierProblems,
    send: (body) =>
      path === null ? client.send('/api/v1/couriers', { method: 'POST', body }) : client.send(path, { method: 'PATCH', body }),
    opens: courier === null,
    keep,
  });
  const editable = may.has('change_couriers');
  return (
    <>
      <h2>
        {courier === null ? say('new_courier') : (courier.name ?? courier.code)}{' '}
        {courier !== null && <span class="state">{courier.code}</span>}
      </h2>
      <form noValidate onSubmit={submit}>
        <fieldset class="plain" disabled={!editable}>
          {courier === null && (
            <div class="fields">
              <TextField
                required
                label={say('field_code')}
                value={form.code}
                onValue={(code) => change({ code })}
                problem={problems['code']}
              />
            </div>
          )}
          <CourierFields {...{ say, change, problems }} form={withOwn(form)} canteens={choices.canteens} />
        </fieldset>
        {courier === null && <OpenBar {...{ say, sending, problems }} />}
        {courier !== null && editable && <SaveBar {...{ say, sending, kept, count, problems }} undo={() => change(null)} />}
      </form>
      {courier !== null && path !== null && (
        <>
          <Absences {...{ client, say, today, path, courier, keep, editable }} />
          <History {...{ client, say, language, zone }} path={`${path}/history`} news={JSON.stringify(courier)} />
        </>
      )}
    </>
  );
}
