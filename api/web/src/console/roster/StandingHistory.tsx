// The standing orders that held before, which stay on the file.
import type { Say } from '../texts.ts';
import { hour, standingOf } from './editing.ts';
import type { Elder } from './types.ts';
import { weekdaysText, wordOf } from './words.ts';

export function StandingHistory({ say, elder, today }: { say: Say; elder: Elder; today: string }) {
  const present = [standingOf(elder, 'lunch', today), standingOf(elder, 'dinner', today)];
  const earlier = elder.standing_orders.filter((one) => !present.includes(one));
  if (earlier.length === 0) return null;
  return (
    <details>
      <summary>{say('earlier_orders')}</summary>
      <ul>
        {earlier.map((one) => (
          <li key={`${one.meal}${one.valid_from}`}>
            {one.valid_to === null
              ? say('from_on', { first: one.valid_from })
              : say('from_until', { first: one.valid_from, last: one.valid_to })}
            {': '}
            {say(`field_${one.meal}`)} {wordOf(say, 'way', one.way)} {say('portions_count', { count: one.portions })}{' '}
            {weekdaysText(say, one.weekdays)} {one.window_from && `${hour(one.window_from)}–${hour(one.window_to)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
