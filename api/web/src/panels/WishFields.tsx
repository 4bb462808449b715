// What a planner wishes of new sites: the goal and how many; money, distance and weights.
import type { Form } from '../choosing.ts';
import { GOALS } from '../service/planning.ts';
import type { Grouping } from '../service/siting.ts';
import type { Event, State } from '../state.ts';
import type { Key, Say } from '../texts.ts';
import { ScenarioSelect } from './ScenarioSelect.tsx';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
}

export function GoalFields({ state, say, tell }: Properties) {
  const { form } = state.choosing;
  const wish = (change: Partial<Form>) => tell({ type: 'wish', form: change });
  return (
    <>
      <label>
        {say('wish_name')}
        <input
          required
          maxLength={80}
          value={form.name}
          onInput={(event) => wish({ name: event.currentTarget.value })}
        />
      </label>
      <ScenarioSelect
        label={say('wish_base')}
        list={state.listed.list ?? []}
        chosen={form.base}
        say={say}
        onChoose={(base) => wish({ base })}
      />
      <fieldset>
        <legend>{say('wish_goal')}</legend>
        {GOALS.map((goal) => (
          <label key={goal} class="tick">
            <input
              type="radio"
              name="goal"
              checked={form.goal === goal}
              onChange={() => wish({ goal })}
            />
            {say(`goal_${goal}`)}
          </label>
        ))}
        {form.goal === 'fewest' ? (
          <Figure form={form} field="percent" says="wish_share" say={say} wish={wish} />
        ) : (
          <Figure form={form} field="sites" says="wish_sites" say={say} wish={wish} />
        )}
      </fieldset>
    </>
  );
}

export function RuleFields({ state, say, tell }: Properties) {
  const { form } = state.choosing;
  const wish = (change: Partial<Form>) => tell({ type: 'wish', form: change });
  const common = { form, say, wish };
  return (
    <>
      <fieldset>
        <legend>{say('wish_money')}</legend>
        <Figure {...common} field="cost" says="wish_cost" />
        <Figure {...common} field="budget" says="wish_budget" />
        <p class="note">{say('wish_money_hint')}</p>
      </fieldset>
      <details>
        <summary>{say('wish_rules')}</summary>
        {form.source !== 'meal_points' && (
          <label>
            {say('wish_kind')}
            <select
              value={form.kind}
              onChange={({ currentTarget: { value } }) =>
                wish({ kind: value === 'meal_point' ? 'meal_point' : 'canteen' })
              }
            >
              <option value="canteen">{say('canteen')}</option>
              <option value="meal_point">{say('meal_point')}</option>
            </select>
          </label>
        )}
        <Figure {...common} field="capacity" says="wish_capacity" />
        <Figure {...common} field="apartMinutes" says="wish_apart" />
        <Figure {...common} field="seconds" says="wish_seconds" />
        <Weights state={state} say={say} tell={tell} />
      </details>
    </>
  );
}

const WEIGHED: readonly Grouping[] = ['care_level', 'hardship', 'age'];

function Weights({ state, say, tell }: Properties) {
  const comparison = state.comparing.comparison ?? state.trying.trial?.comparison;
  const groups = (comparison?.groups ?? []).filter(
    ({ grouping, key }) => WEIGHED.includes(grouping) && key !== 'none',
  );
  if (groups.length === 0) return null;
  return (
    <fieldset class="weights">
      <legend>{say('wish_weights')}</legend>
      <p class="note">{say('wish_weights_hint')}</p>
      {groups.map(({ grouping, key, label }) => (
        <label key={`${grouping} ${key}`} class="line">
          <span>{label}</span>
          <input
            type="number"
            min={0}
            max={100}
            step="any"
            placeholder="1"
            value={state.choosing.form.weights[grouping]?.[key] ?? ''}
            onInput={(event) =>
              tell({ type: 'weigh', grouping, key, weight: event.currentTarget.value })
            }
          />
        </label>
      ))}
    </fieldset>
  );
}

/** The fields that hold a figure. */
type FigureField = 'percent' | 'sites' | 'cost' | 'budget' | 'capacity' | 'apartMinutes' | 'seconds' | 'grid';

interface FigureProperties {
  form: Form;
  field: FigureField;
  says: Key;
  say: Say;
  wish: (change: Partial<Form>) => void;
}

export function Figure({ form, field, says, say, wish }: FigureProperties) {
  return (
    <label>
      {say(says)}
      <input
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        value={form[field]}
        onInput={(event) => wish({ [field]: event.currentTarget.value })}
      />
    </label>
  );
}
