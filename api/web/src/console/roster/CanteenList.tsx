// The canteens with what they cook.
import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { hour } from './editing.ts';
import { rosterHash } from './places.ts';
import type { Canteen } from './types.ts';

export function CanteenList({ client, say }: ViewProperties) {
  const { answer: content, problem } = useAsked<Page<Canteen>>(client, say, '/api/v1/canteens?limit=500');
  return (
    <>
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {content === null && problem === null && <p class="note">{say('loading')}</p>}
      </div>
      {content !== null && (
        <div class="scroll" tabIndex={0} role="region" aria-label={say('roster_canteens')}>
          <table>
            <thead>
              <tr>
                {(['field_code', 'field_site_name', 'field_address', 'field_meals', 'state'] as const).map((key) => (
                  <th key={key} scope="col">
                    {say(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {content.items.map((one) => (
                <tr key={one.code}>
                  <td>{one.code}</td>
                  <th scope="row">
                    <a href={rosterHash('canteens', one.code)}>{one.name}</a>
                  </th>
                  <td>{one.address}</td>
                  <td>
                    {one.meals
                      .map(({ meal, capacity, opens, closes }) => {
                        const hours = { count: capacity, first: hour(opens), last: hour(closes) };
                        return `${say(`field_${meal}`)} ${say('portions_between', hours)}`;
                      })
                      .join('; ')}
                  </td>
                  <td>
                    {one.unlocated_reason !== null && <span class="special">{say('no_place')}</span>}
                    {!one.active && say('no_longer_comes')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
