// Each courier against the plan: how far, how late, where next, whether the last change was seen.
import { useMemo } from 'preact/hooks';

import { hashOf } from '../address.ts';
import { seenText } from '../live/seen.ts';
import type { CourierDay, Progress } from '../live/types.ts';
import { clockText } from '../parts/times.ts';
import { useAsked } from '../parts/useAsked.ts';
import { keyOf, type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import type { Duties } from './types.ts';
import { delayText, doorsOf, LATE, statusText } from './words.ts';

type Properties = ViewProperties & { service: Listed; progress: Progress };

export function Couriers({ client, say, zone, may, service, progress }: Properties) {
  // Whose door comes next stands in the plan, which is read once per revision.
  const path = `${pathOf(service)}/plan/duties?revision=${progress.revision ?? ''}`;
  const { answer } = useAsked<Duties>(client, say, may.has('read_plans') ? path : null);
  const doors = useMemo(() => doorsOf(answer), [answer]);
  const next = ({ progress: { next_order } }: CourierDay) => {
    const door = next_order === null ? undefined : doors.get(next_order);
    if (door === undefined) return '–';
    const who = door.elder?.name ?? door.meal_point ?? say('order', { number: door.order });
    return `${who} ${clockText(door.arrives_at, zone)}`;
  };
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('couriers')}>
      <table class="couriers">
        <thead>
          <tr>
            <th scope="col">{say('courier')}</th>
            <th scope="col">{say('status')}</th>
            <th scope="col">{say('done_of')}</th>
            <th scope="col">{say('delay')}</th>
            <th scope="col">{say('next')}</th>
            <th scope="col">{say('last')}</th>
            <th scope="col">{say('seen')}</th>
          </tr>
        </thead>
        <tbody>
          {progress.couriers.map((one) => {
            const { counts, status, behind_seconds, last_at } = one.progress;
            const late = behind_seconds !== null && behind_seconds > LATE && counts.settled < counts.stops;
            return (
              <tr key={one.courier} class={status === 'handed_back' || late ? 'warned' : ''}>
                <th scope="row">
                  <a href={hashOf({ view: 'day', service: keyOf(service), rest: ['stops', one.courier] })}>
                    {one.courier} {one.courier_name}
                  </a>
                </th>
                <td>
                  {statusText(status, say)}{' '}
                  {counts.handed_back > 0 && may.has('make_plans') && (
                    <a href={hashOf({ view: 'plan', service: keyOf(service), rest: ['change', 'handed_back'] })}>
                      {say('rearrange')}
                    </a>
                  )}
                </td>
                <td>{counts.settled} / {counts.stops}</td>
                <td>{delayText(behind_seconds, say)}</td>
                <td>{next(one)}</td>
                <td>{last_at === null ? '–' : clockText(last_at, zone)}</td>
                <td>{seenText(one, say)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
