// What a scenario assumes: meal, circle, pace; and of whom figures are told.
import type { Assumptions as Assumed } from '../service/scenarios.ts';
import { CARE_LEVELS } from '../service/scenarios.ts';
import type { MapSet } from '../service/siting.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { Field } from './Field.tsx';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
}

/** Paces that the service takes, km/h. */
const PACES = [0.5, 7, 0.1] as const;

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
      <Field
        label={say('circle')}
        range={[1, 60, 1]}
        value={circle_seconds === null ? '' : String(circle_seconds / 60)}
        hint={told ? String(told.circle_seconds / 60) : say('as_set')}
        onValue={(text) => assume({ circle_seconds: text === '' ? null : Number(text) * 60 })}
      />
      <Field
        label={say('pace')}
        range={PACES}
        value={pace_kmh === null ? '' : String(pace_kmh)}
        hint={told ? String(told.pace_kmh['other']) : say('as_set')}
        onValue={(text) => assume({ pace_kmh: text === '' ? null : Number(text) })}
      />
      {CARE_LEVELS.map((level) => (
        <Field
          key={level}
          label={say('pace_of', { level: say(`care_${level}`) })}
          range={PACES}
          value={String(pace_by_care[level] ?? '')}
          hint={told ? String(told.pace_kmh[level]) : say('as_set')}
          onValue={(text) => {
            const { [level]: _, ...others } = pace_by_care;
            const paces = text === '' ? others : { ...others, [level]: Number(text) };
            assume({ pace_by_care: paces });
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
