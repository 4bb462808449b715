// Where meals went that were not handed over, in words.
import { FATES, type StopDay } from '../../service/delivery.ts';
import type { Say } from '../texts.ts';

/** Return where portions went, and to whom: "转给他人 1 份（转给了谁：李奶奶）"; "" where nobody said. */
export function wentText({ fates, given_to }: Pick<StopDay, 'fates' | 'given_to'>, say: Say): string {
  return FATES.filter((fate) => (fates[fate] ?? 0) > 0)
    .map((fate) => {
      const went = say('meals_went', { fate: say(`fate_${fate}`), count: fates[fate] ?? 0 });
      return fate === 'given' && given_to ? say('meals_went_to', { went, whom: given_to }) : went;
    })
    .join(say('meals_and'));
}
