// A choice among the present and the saved scenarios.
import type { Scenario } from '../service/scenarios.ts';
import type { Say } from '../texts.ts';

interface Properties {
  label: string;
  list: readonly Scenario[];
  chosen: number | null;
  say: Say;
  /** Whether the present can be chosen, too. */
  present?: boolean;
  onChoose: (number: number | null) => void;
}

export function ScenarioSelect({ label, list, chosen, say, present = true, onChoose }: Properties) {
  return (
    <label>
      {label}
      <select
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? null : Number(value))}
      >
        <option value="">{present ? say('scenario_present') : '—'}</option>
        {list.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Return what a scenario is called; the present has no number. */
export function nameOf(list: readonly Scenario[] | null, number: number | null, say: Say): string {
  if (number === null) return say('scenario_present');
  return list?.find(({ id }) => id === number)?.name ?? `#${number}`;
}
