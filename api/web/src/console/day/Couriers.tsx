// Each courier against the plan: how far, how late, where next, whether the present revision was seen.
import { hashOf } from '../address.ts';
import type { CourierDay, Progress } from '../live/types.ts';
import { newsOf } from '../live/watcher.ts';
import { clockText } from '../parts/times.ts';
import { useAsked } from '../parts/useAsked.ts';
import { keyOf, type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import type { StopDay } from './types.ts';
import { delayText, LATE, statusText } from './words.ts';

type Properties = ViewProperties & { service: Listed; progress: Progress };

export function Couriers({ client, say, live, zone, service, progress }: Properties) {
  const stops = useAsked<StopDay[]>(client, say, `${pathOf(service)}/delivery/stops`, newsOf(live)).answer;
  const byOrder = new Map((stops ?? []).map((stop) => [stop.door.order, stop]));
  const next = (one: CourierDay) => {
    const stop = one.progress.next_order === null ? undefined : byOrder.get(one.progress.next_order);
    if (stop === undefined) return '–';
    const who = stop.door.elder?.name ?? stop.door.meal_point ?? say('order', { number: stop.door.order });
    return stop.planned_at === null ? who : `${who} ${clockText(stop.planned_at, zone)}`;
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
            const { counts, status, behind_seconds, last_at, seen } = one.progress;
            const late = behind_seconds !== null && behind_seconds > LATE && counts.settled < counts.stops;
            const unseen = progress.revision !== null && seen !== null && seen < progress.revision;
            return (
              <tr key={one.courier} class={status === 'handed_back' || late ? 'warned' : ''}>
                <th scope="row">
                  <a href={hashOf({ view: 'day', service: keyOf(service), rest: ['stops', one.courier] })}>
                    {one.courier} {one.courier_name}
                  </a>
                </th>
                <td>{statusText(status, say)}</td>
                <td>{counts.settled} / {counts.stops}</td>
                <td>{delayText(behind_seconds, say)}</td>
                <td>{next(one)}</td>
                <td>{last_at === null ? '–' : clockText(last_at, zone)}</td>
                <td>{seen === null ? say('seen_none') : say(unseen ? 'seen_old' : 'seen_number', { number: seen })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
