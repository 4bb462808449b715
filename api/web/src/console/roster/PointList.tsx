// The meal points: whose meals are handed out there, how many, and when.
import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { hour } from './editing.ts';
import { rosterHash } from './places.ts';
import { SiteTable } from './SiteTable.tsx';
import type { MealPoint } from './types.ts';

const COLUMNS = ['field_code', 'field_site_name', 'field_address', 'supplied_by', 'field_handed_out', 'state'] as const;

export function PointList({ client, say, may }: ViewProperties) {
  const { answer, problem } = useAsked<Page<MealPoint>>(client, say, '/api/v1/meal-points?limit=500');
  return (
    <SiteTable
      {...{ say, problem }}
      loaded={answer !== null}
      title={say('roster_points')}
      columns={COLUMNS}
      opening={may.has('change_sites') && { href: rosterHash('points', 'new'), text: say('new_point') }}
    >
      {answer?.items.map((one) => (
        <tr key={one.code}>
          <td>{one.code}</td>
          <th scope="row">
            <a href={rosterHash('points', one.code)}>{one.name}</a>
          </th>
          <td>{one.address}</td>
          <td>{one.canteen}</td>
          <td class="meals">{say('portions_between', { count: one.capacity, first: hour(one.opens), last: hour(one.closes) })}</td>
          <td>
            {one.unlocated_reason !== null && <span class="special">{say('no_place')}</span>} {!one.active && say('not_in_use')}
          </td>
        </tr>
      ))}
    </SiteTable>
  );
}
