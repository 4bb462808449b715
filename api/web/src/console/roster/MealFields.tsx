// What an elder eats for one meal: how many, how, on which days, between which times.
import type { Meal } from '../../service/types.ts';
import type { Say } from '../texts.ts';
import type { StandingForm } from './editing.ts';
import { ChoiceField, TextField } from './fields/Field.tsx';
import { Weekdays } from './fields/Weekdays.tsx';
import type { Way } from './types.ts';
import { wordOf } from './words.ts';

interface Properties {
  say: Say;
  meal: Meal;
  standing: StandingForm;
  onStanding: (standing: StandingForm) => void;
  problems: Readonly<Record<string, string>>;
}

export const WAYS: readonly Way[] = ['delivery', 'pick_up', 'dine_in'];

export function MealFields({ say, meal, standing, onStanding, problems }: Properties) {
  const change = (part: Partial<StandingForm>) => onStanding({ ...standing, ...part });
  const problem = (name: string) => problems[`${meal}.${name}`];
  const eats = Number(standing.portions) > 0 || problem('portions') !== undefined;
  return (
    <fieldset class="meal wide-field">
      <legend>{say(`field_${meal}`)}</legend>
      <div class="fields">
        <TextField
          type="number"
          label={say('field_portions')}
          value={standing.portions}
          onValue={(portions) => change({ portions })}
          problem={problem('portions')}
          hint={say('empty_ends_meal')}
        />
        {eats && (
          <>
            <ChoiceField
              label={say('field_way')}
              value={standing.way}
              onValue={(way) => change({ way: way as Way })}
              problem={problem('way')}
              choices={WAYS.map((way) => [way, wordOf(say, 'way', way)])}
            />
            <TextField
              type="time"
              label={say('field_first')}
              value={standing.first}
              onValue={(first) => change({ first })}
              problem={problem('window')}
            />
            <TextField type="time" label={say('field_last')} value={standing.last} onValue={(last) => change({ last })} />
            <Weekdays
              {...{ say }}
              days={standing.weekdays}
              onDays={(weekdays) => change({ weekdays })}
              problem={problem('weekdays')}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}
