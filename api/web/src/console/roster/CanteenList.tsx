// The canteens with what they cook.
import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { hour } from './editing.ts';
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
          <td>
            {one.meals
              .map(({ meal, capacity, opens, closes }) => {
                const hours = { count: capacity, first: hour(opens), last: hour(closes) };
                return `${say(`field_${meal}`)} ${say('portions_between', hours)}`;
              })
              .join('; ')}
          </td>
          <td>
            {one.unlocated_reason !== null && <span class="special">{say('no_place')}</span>} {!one.active && say('not_in_use')}
          </td>
        </tr>
      ))}
    </SiteTable>
  );
}
