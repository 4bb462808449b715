// The canteens with what they cook.
import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { hour, MEALS } from './editing.ts';
import { rosterHash } from './places.ts';
import { SiteTable } from './SiteTable.tsx';
import type { Canteen } from './types.ts';

const COLUMNS = ['field_code', 'field_site_name', 'field_address', 'field_meals', 'state'] as const;

export function CanteenList({ client, say, may }: ViewProperties) {
  const { answer, problem } = useAsked<Page<Canteen>>(client, say, '/api/v1/canteens?limit=500');
  return (
    <SiteTable
      {...{ say, problem }}
      loaded={answer !== null}
      title={say('roster_canteens')}
      columns={COLUMNS}
      opening={may.has('create_sites') && { href: rosterHash('canteens', 'new'), text: say('new_canteen') }}
    >
      {answer?.items.map((one) => (
        <tr key={one.code}>
          <td>{one.code}</td>
          <th scope="row">
            <a href={rosterHash('canteens', one.code)}>{one.name}</a>
          </th>
          <td>{one.address}</td>
          <td class="meals">
            {MEALS.flatMap((name) => one.meals.filter(({ meal }) => meal === name)).map((cooked) => (
              <span key={cooked.meal}>
                {say(`field_${cooked.meal}`)}{' '}
                {say('portions_between', { count: cooked.capacity, first: hour(cooked.opens), last: hour(cooked.closes) })}
              </span>
            ))}
          </td>
          <td>
            {one.unlocated_reason !== null && <span class="special">{say('no_place')}</span>} {!one.active && say('not_in_use')}
          </td>
        </tr>
      ))}
    </SiteTable>
  );
}
