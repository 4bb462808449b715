// How many were served in this service, by way.
import type { DayMeals } from '../../service/delivery.ts';
import type { Say } from '../texts.ts';
import { ALL_WAYS, personsOf } from './recording.ts';

export function PersonMeals({ say, meals }: { say: Say; meals: DayMeals }) {
  return (
    <section aria-label={say('person_meals')}>
      <dl class="figures">
        <div>
          <dt>{say('person_meals')}</dt>
          <dd>{meals.persons}</dd>
        </div>
        {ALL_WAYS.map((way) => (
          <div key={way}>
            <dt>{say(`eaten_way_${way}`)}</dt>
            <dd>{personsOf(meals, way)}</dd>
          </div>
        ))}
      </dl>
      {meals.twice > 0 && <p class="alert">{say('person_meals_twice', { count: meals.twice })}</p>}
    </section>
  );
}
