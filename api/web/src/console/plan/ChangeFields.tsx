// The fields that a kind of change needs.
import type { Client } from '../../service/client.ts';
import { type Draft, MOST_PLACES } from './changes.ts';
import { ElderField } from './ElderField.tsx';
import type { Courier } from './types.ts';
import type { Words } from './words.ts';

export interface Choices {
  couriers: readonly Courier[];
  canteens: readonly { code: string; name: string; active: boolean }[];
}

interface Properties {
  client: Client;
  words: Words;
  draft: Draft;
  choices: Choices;
  change: (part: Partial<Draft>) => void;
}

const MODES = ['foot', 'bicycle', 'ebike', 'car'] as const;

export function ChangeFields(properties: Properties) {
  const { client, words, draft, change } = properties;
  const { say } = words;
  const elder = <ElderField {...{ client, words }} value={draft.elder} choose={(code) => change({ elder: code })} />;
  switch (draft.kind) {
    case 'order_cancelled':
      return elder;
    case 'order_urgent':
      return (
        <>
          {elder}
          <Field {...properties} name="portions" label={say('plan_portions')} type="number" min={1} max={200} />
          <Times {...properties} label={say('plan_window_wanted')} />
          <Field {...properties} name="note" label={say('plan_note')} type="text" max={200} />
        </>
      );
    case 'order_amended':
      return (
        <>
          {elder}
          <Field {...properties} name="portions" label={say('plan_new_portions')} type="number" min={1} max={200} />
          <Times {...properties} label={say('plan_window_wanted')} />
        </>
      );
    case 'courier_away':
      return (
        <>
          <CourierField {...properties} />
          <Field {...properties} name="since" label={say('plan_since')} type="time" />
        </>
      );
    case 'handed_back':
      return <p class="note">{say('plan_handed_back_text')}</p>;
    case 'courier_comes':
      return (
        <>
          <CourierField {...properties} />
          <Times {...properties} label={say('plan_hours')} />
        </>
      );
    case 'canteen_late':
      return (
        <>
          <CanteenField {...properties} />
          <Field {...properties} name="minutes" label={say('plan_late_minutes')} type="number" min={1} max={240} />
        </>
      );
    case 'travel_slower':
      return (
        <>
          <Field {...properties} name="percent" label={say('plan_percent')} type="number" min={-60} max={300} />
          <label>
            {say('plan_mode')}
            <select value={draft.mode} onChange={(event) => change({ mode: event.currentTarget.value })}>
              <option value="">{say('plan_mode_all')}</option>
              {MODES.map((mode) => (
                <option key={mode} value={mode}>
                  {say(`plan_mode_${mode}`)}
                </option>
              ))}
            </select>
          </label>
        </>
      );
    case 'street_closed':
      return (
        <>
          <p role="status">{say('plan_closed_places', { count: draft.places.length, most: MOST_PLACES })}</p>
          {draft.places.length > 0 && (
            <button type="button" class="quiet" onClick={() => change({ places: [] })}>
              {say('plan_closed_clear')}
            </button>
          )}
          <Field {...properties} name="metres" label={say('plan_closed_metres')} type="number" min={5} max={500} />
        </>
      );
  }
}

type Text = 'portions' | 'from' | 'to' | 'note' | 'since' | 'minutes' | 'percent' | 'metres';

interface OfField extends Properties {
  name: Text;
  label: string;
  type: 'number' | 'time' | 'text';
  min?: number;
  max?: number;
}

function Field({ draft, change, name, label, type, min, max }: OfField) {
  const same = {
    value: draft[name],
    onInput: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  };
  const limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return (
    <label>
      {label}
      {type === 'number' && <input type="number" step={1} {...limits} {...same} />}
      {type === 'time' && <input type="time" {...same} />}
      {type === 'text' && <input type="text" {...(max === undefined ? {} : { maxLength: max })} {...same} />}
    </label>
  );
}

function Times(properties: Properties & { label: string }) {
  const { say } = properties.words;
  return (
    <div class="times-pair" role="group" aria-label={properties.label}>
      <span class="note">{properties.label}</span>
      <Field {...properties} name="from" label={say('plan_from')} type="time" />
      <Field {...properties} name="to" label={say('plan_until')} type="time" />
    </div>
  );
}

function CourierField({ words: { say }, draft, choices, change }: Properties) {
  return (
    <label>
      {say('plan_courier')}
      <select value={draft.courier} onChange={(event) => change({ courier: event.currentTarget.value })}>
        <option value="">{say('plan_choose')}</option>
        {choices.couriers
          .filter((one) => one.active || one.code === draft.courier)
          .map(({ code, name, canteen }) => (
            <option key={code} value={code}>
              {code} {name ?? ''} · {canteen}
            </option>
          ))}
      </select>
    </label>
  );
}

function CanteenField({ words: { say }, draft, choices, change }: Properties) {
  return (
    <label>
      {say('plan_canteen')}
      <select value={draft.canteen} onChange={(event) => change({ canteen: event.currentTarget.value })}>
        <option value="">{say('plan_choose')}</option>
        {choices.canteens
          .filter((one) => one.active)
          .map(({ code, name }) => (
            <option key={code} value={code}>
              {code} {name}
            </option>
          ))}
      </select>
    </label>
  );
}
