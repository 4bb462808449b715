// The bar above every view: the views, and the service that is shown.
import { hashOf, type Place, type View } from '../address.ts';
import { keyOf, type Listed, nameOf } from '../services.ts';
import type { Key, Say } from '../texts.ts';

interface Properties {
  say: Say;
  place: Place;
  views: readonly View[];
  services: readonly Listed[];
  chosen: Listed | null;
  today: string;
  go: (place: Place) => void;
}

const NAMES: Record<View, Key> = { day: 'view_day', plan: 'view_plan', roster: 'view_roster' };

export function Bar({ say, place, views, services, chosen, today, go }: Properties) {
  const service = chosen && keyOf(chosen);
  return (
    <div class="bar">
      <nav aria-label={say('views')}>
        {views.map((view) => (
          <a
            key={view}
            href={hashOf({ view, service: view === 'roster' ? null : service, rest: [] })}
            aria-current={view === place.view ? 'page' : undefined}
          >
            {say(NAMES[view])}
          </a>
        ))}
      </nav>
      {place.view !== 'roster' && (
        <label>
          {say('service')}
          <select
            value={service ?? ''}
            onChange={(event) => go({ view: place.view, service: event.currentTarget.value, rest: [] })}
          >
            {chosen === null && <option value="">–</option>}
            {services.map((one) => (
              <option key={keyOf(one)} value={keyOf(one)}>
                {nameOf(one, today, say)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
