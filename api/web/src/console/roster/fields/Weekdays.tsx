// Weekdays as seven boxes to tick; Monday is 0.
import type { Say } from '../../texts.ts';
import { WEEK, wordOf } from '../words.ts';

interface Properties {
  say: Say;
  days: readonly number[];
  onDays: (days: readonly number[]) => void;
  problem?: string | undefined;
}

export function Weekdays({ say, days, onDays, problem }: Properties) {
  const toggle = (day: number, on: boolean) => onDays(WEEK.filter((one) => (one === day ? on : days.includes(one))));
  return (
    <fieldset class="weekdays">
      <legend>{say('field_weekdays')}</legend>
      {WEEK.map((day) => (
        <label key={day} class="check">
          <input
            type="checkbox"
            checked={days.includes(day)}
            aria-invalid={problem !== undefined && day === 0}
            onChange={(event) => toggle(day, event.currentTarget.checked)}
          />{' '}
          {wordOf(say, 'weekday', String(day))}
        </label>
      ))}
      {problem !== undefined && <p class="field-problem">{problem}</p>}
    </fieldset>
  );
}
