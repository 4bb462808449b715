// A courier's file: hours, phone, how they travel, days away; or the file of a new one.
import { useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { Absences } from './Absences.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { useSending } from './sending.ts';
import { CourierFields } from './CourierFields.tsx';
import { type CourierForm, courierEntry, courierForm, courierProblems, NEW_COURIER, newCourierEntry } from './couriers.ts';
import { useDraft } from './drafts.ts';
import { TextField } from './fields/Field.tsx';
import { History } from './History.tsx';
import { rosterHash } from './places.ts';
import { SaveBar } from './SaveBar.tsx';
import type { Courier } from './types.ts';
import { useChoices } from './useChoices.ts';

export function CourierFile(properties: ViewProperties & { code: string }) {
  const { client, say, code } = properties;
  const path = code === 'new' ? null : `/api/v1/couriers/${encodeURIComponent(code)}`;
  const { answer: content, problem } = useAsked<Courier>(client, say, path);
  const [newer, setNewer] = useState<Courier | null>(null);
  const courier = newer ?? content;
  return (
    <article class="file">
      <p>
        <a href={rosterHash('couriers')}>{say('roster_back')}</a>
      </p>
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {path !== null && courier === null && problem === null && <p class="note">{say('loading')}</p>}
      </div>
      {(path === null || courier !== null) && <Opened {...properties} {...{ courier, path }} keep={setNewer} />}
    </article>
  );
}

interface OpenedProperties extends ViewProperties {
  /** null: a new one. */
  courier: Courier | null;
  path: string | null;
  keep: (courier: Courier) => void;
}

function Opened({ client, say, language, zone, today, may, go, courier, path, keep }: OpenedProperties) {
  const saved = courier === null ? NEW_COURIER : courierForm(courier);
  const [form, hold, differs] = useDraft<CourierForm>(`courier:${courier?.code ?? 'new'}`, saved);
  const sending = useSending(say);
  const [kept, setKept] = useState(false);
  const { canteens } = useChoices(client, say);
  const problems = courierProblems(sending.fields);
  const entry = courierEntry(form, saved);
  const editable = may.has('change_couriers');
  const change = (part: Partial<CourierForm>) => {
    setKept(false);
    hold({ ...form, ...part });
  };
  const save = async () => {
    const next = await sending.run(() =>
      path === null
        ? client.send<Courier>('/api/v1/couriers', { method: 'POST', body: newCourierEntry(form) })
        : client.send<Courier>(path, { method: 'PATCH', body: entry }),
    );
    if (next === null) return;
    hold(null);
    keep(next);
    setKept(true);
    if (path === null) go({ view: 'roster', service: null, rest: ['couriers', next.code] });
  };
  return (
    <>
      <h2>
        {courier === null ? say('new_courier') : (courier.name ?? courier.code)}{' '}
        {courier !== null && <span class="state">{courier.code}</span>}
      </h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (differs) void save();
        }}
      >
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
          <CourierFields {...{ say, form, change, problems, canteens }} />
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
      {courier !== null && path !== null && (
        <>
          <Absences {...{ client, say, today, path, courier, keep, editable }} />
          <History {...{ client, say, language, zone }} path={`${path}/history`} news={JSON.stringify(courier)} />
        </>
      )}
    </>
  );
}
