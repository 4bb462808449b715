// Every stop with what was reported of it, by courier.
import { useState } from 'preact/hooks';

import type { StopDay } from '../../service/delivery.ts';
import { newsOf } from '../live/watcher.ts';
import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { keyOf, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { couriersOf, type Sift, sifted, SIFTS } from './choosing.ts';
import { StopRow } from './StopRow.tsx';

export function Stops(properties: ViewProperties) {
  const { client, say, service, live, place, clock, go } = properties;
  const [sift, setSift] = useState<Sift>('all');
  const path = service && service.frozen_at !== null ? `${pathOf(service)}/delivery/stops` : null;
  const asked = useAsked<StopDay[]>(client, say, path, { news: newsOf(live) });
  if (service === null) return null;
  const courier = place.rest[1] ?? null;
  const stops = asked.answer ?? [];
  const shown = sifted(stops, courier, sift, clock());
  const names = new Map(live.progress?.couriers.map((one) => [one.courier, one.courier_name]));
  const choose = (code: string) =>
    go({ view: 'day', service: keyOf(service), rest: code === '' ? ['stops'] : ['stops', code] });
  return (
    <section aria-label={say('tab_stops')}>
      <Failure say={say} asked={asked} />
      <div class="row choices">
        <label>
          {say('courier')}{' '}
          <select value={courier ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{say('all_couriers')}</option>
            {couriersOf(stops).map((code) => (
              <option key={code} value={code}>
                {code} {names.get(code) ?? ''}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('show')}{' '}
          <select value={sift} onChange={(event) => setSift(event.currentTarget.value as Sift)}>
            {SIFTS.map((one) => (
              <option key={one} value={one}>
                {say(`sift_${one}`)}
              </option>
            ))}
          </select>
        </label>
        <p class="note">{say('stops_shown', { count: shown.length, all: stops.length })}</p>
      </div>
      {shown.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={say('tab_stops')}>
          <table class="stop-list">
            <thead>
              <tr>
                {(['courier', 'stop', 'who', 'planned', 'outcome', 'at', 'remarks'] as const).map((name) => (
                  <th key={name} scope="col">{say(name)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((stop) => (
                <StopRow key={stop.door.order} {...properties} service={service} stop={stop} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
