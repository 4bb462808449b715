// What a scenario assumes: meal, circle, pace; and of whom figures are told.
import type { Assumptions as Assumed } from '../service/scenarios.ts';
import { CARE_LEVELS } from '../service/scenarios.ts';
import type { MapSet } from '../service/siting.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
}

export function Assumptions({ state, say, tell }: Properties) {
  const { meal, circle_seconds, pace_kmh, pace_by_care } = state.working.assumptions;
  const assume = (assumptions: Partial<Assumed>) => tell({ type: 'assume', assumptions });
  const told = state.trying.trial?.comparison.after;
  const sets = state.trying.sets ?? [];
  const populations = sets.filter((one) => one.kind === 'population');
  const boundaries = sets.filter((one) => one.kind === 'boundaries');
  return (
    <details class="assumptions">
      <summary>{say('assumptions')}</summary>
      <label>
        {say('meal')}
        <select
          value={meal}
          onChange={(event) => assume({ meal: event.currentTarget.value as Assumed['meal'] })}
        >
          <option value="lunch">{say('lunch')}</option>
          <option value="dinner">{say('dinner')}</option>
        </select>
      </label>
      <NumberField
        label={say('circle')}
        range={[1, 60, 1]}
        value={circle_seconds === null ? null : circle_seconds / 60}
        hint={told ? String(told.circle_seconds / 60) : say('as_set')}
        onValue={(value) => assume({ circle_seconds: value === null ? null : value * 60 })}
      />
      <NumberField
        label={say('pace')}
        range={[0.5, 7, 0.1]}
        value={pace_kmh}
        hint={told ? String(told.pace_kmh['other']) : say('as_set')}
        onValue={(value) => assume({ pace_kmh: value })}
      />
      {CARE_LEVELS.map((level) => (
        <NumberField
          key={level}
          label={say('pace_of', { level: say(`care_${level}`) })}
          range={[0.5, 7, 0.1]}
          value={pace_by_care[level] ?? null}
          hint={told ? String(told.pace_kmh[level]) : say('as_set')}
          onValue={(value) => {
            const { [level]: _, ...others } = pace_by_care;
            assume({ pace_by_care: value === null ? others : { ...others, [level]: value } });
          }}
        />
      ))}
      {populations.length > 0 && (
        <SetField
          label={say('whom')}
          none={say('roster_people')}
          sets={populations}
          value={state.trying.population}
          onValue={(population) => tell({ type: 'whom', whom: { population } })}
        />
      )}
      {boundaries.length > 1 && (
        <SetField
          label={say('areas_of')}
          none={say('newest_areas')}
          sets={boundaries}
          value={state.trying.boundaries}
          onValue={(name) => tell({ type: 'whom', whom: { boundaries: name } })}
        />
      )}
    </details>
  );
}

interface NumberProperties {
  label: string;
  range: [least: number, most: number, step: number];
  value: number | null;
  /** What counts while nothing is given. */
  hint: string;
  onValue: (value: number | null) => void;
}

function NumberField({ label, range: [min, max, step], value, hint, onValue }: NumberProperties) {
  return (
    <label>
      {label}
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        placeholder={hint}
        value={value ?? ''}
        onChange={(event) => {
          const input = event.currentTarget;
          if (input.reportValidity()) onValue(input.value === '' ? null : Number(input.value));
        }}
      />
    </label>
  );
}

interface SetProperties {
  label: string;
  none: string;
  sets: MapSet[];
  value: string | null;
  onValue: (name: string | null) => void;
}

function SetField({ label, none, sets, value, onValue }: SetProperties) {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => onValue(event.currentTarget.value || null)}>
        <option value="">{none}</option>
        {sets.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
