// A stop in the list: whose door, when planned, what came of it and when, notes and photos.
import type { StopDay } from '../../service/delivery.ts';
import { hashOf } from '../address.ts';
import { wentText } from '../parts/fates.ts';
import { clockText } from '../parts/times.ts';
import { keyOf, type Listed, pathOf } from '../services.ts';
import type { Key } from '../texts.ts';
import type { ViewProperties } from '../view.ts';
import { troubled } from './choosing.ts';
import { delayText, LATE, outcomeText } from './words.ts';

type Properties = ViewProperties & { service: Listed; stop: StopDay };

const SOURCES: Record<'phone' | 'paper' | 'office', Key> = {
  phone: 'source_phone',
  paper: 'source_paper',
  office: 'source_office',
};

export function StopRow({ say, zone, may, clock, service, stop }: Properties) {
  const { door } = stop;
  const at = stop.at !== null && stop.time_known ? clockText(stop.at, zone) : null;
  return (
    <tr class={troubled(stop, clock()) ? 'warned' : ''}>
      <td>{stop.courier ?? '–'}</td>
      <td>{stop.trip === null ? '–' : `${stop.trip}-${stop.number ?? ''}`}</td>
      <th scope="row">
        {door.elder ? `${door.elder.name} ${door.elder.code}` : (door.meal_point ?? say('order', { number: door.order }))}
        {door.portions > 1 && ` ×${door.portions}`}
        {door.address !== null && <span class="note">{door.address}</span>}
      </th>
      <td>{stop.planned_at === null ? '–' : clockText(stop.planned_at, zone)}</td>
      <td>
        {outcomeText(stop, say)}
        {stop.outcome === 'nobody_home' && (
          <>
            {' '}
            <a href={hashOf({ view: 'day', service: keyOf(service), rest: ['cases'] })}>{say('to_case')}</a>
          </>
        )}
        {stop.source && <span class="note">{say(SOURCES[stop.source])}</span>}
      </td>
      <td>
        {at ?? '–'}
        {stop.late_seconds !== null && Math.abs(stop.late_seconds) > LATE && (
          <span class="note">{delayText(stop.late_seconds, say)}</span>
        )}
      </td>
      <td>
        {remarks(stop, say).map((remark) => (
          <span key={remark} class="remark">{remark}</span>
        ))}
        {stop.note !== null && <q>{stop.note}</q>}
        {may.has('change_delivery') &&
          stop.photos.map((photo, number) => (
            <a key={photo} href={`${pathOf(service)}/delivery/photos/${photo}`} target="_blank" rel="noreferrer">
              {say('photo', { number: number + 1 })}
            </a>
          ))}
      </td>
    </tr>
  );
}

function remarks(stop: StopDay, say: ViewProperties['say']): string[] {
  return [
    ...(stop.by_courier !== null && stop.by_courier !== stop.courier ? [say('brought_by', { courier: stop.by_courier })] : []),
    ...(stop.doubled ? [say('doubled')] : []),
    ...(stop.beside_plan ? [say('beside_plan')] : []),
    ...[wentText(stop, say)].filter(Boolean),
    ...(stop.unaccounted > 0 ? [say('unaccounted', { count: stop.unaccounted })] : []),
  ];
}
