// Capacity and hours of a site in a scenario; of a new one also name and kind. Taken over at once.
import { useState } from 'preact/hooks';

import type { AddSite, Change } from '../service/scenarios.ts';
import type { SiteKind } from '../service/types.ts';
import type { ShownSite } from '../sites.ts';
import type { Say } from '../texts.ts';

interface Properties {
  site: ShownSite;
  say: Say;
  onChange: (change: Change) => void;
}

export function SiteForm({ site, say, onChange }: Properties) {
  const { code, capacity, opens, closes } = site.properties;
  const [hours, setHours] = useState([clock(opens), clock(closes)] as const);
  const [wrong, setWrong] = useState(false);
  const isNew = site.fate === 'new';

  const setCapacity = (input: HTMLInputElement) => {
    if (!input.reportValidity()) return;
    const given = input.value === '' ? null : Number(input.value);
    if (given !== null) onChange({ do: 'resize', site: code, capacity: given });
    else if (isNew) onChange({ ...asAdded(site), capacity: null });
  };
  const takeHours = (given: readonly [string, string]) => {
    setHours(given);
    const [from, to] = given;
    const right = from !== '' && to !== '' && from < to;
    setWrong(!right);
    if (right) onChange({ do: 'hours', site: code, opens: from, closes: to });
  };

  return (
    <div class="site-form">
      {isNew && <NewSiteFields site={site} say={say} onChange={onChange} />}
      <label>
        {say('portions')}
        <input
          type="number"
          min={0}
          max={100000}
          step={1}
          required={!isNew}
          placeholder={isNew ? say('no_limit') : ''}
          defaultValue={capacity === null ? '' : String(capacity)}
          onChange={(event) => setCapacity(event.currentTarget)}
        />
      </label>
      <div class="pair">
        <label>
          {say('opens')}
          <input
            type="time"
            value={hours[0]}
            aria-invalid={wrong}
            onChange={(event) => takeHours([event.currentTarget.value, hours[1]])}
          />
        </label>
        <label>
          {say('closes')}
          <input
            type="time"
            value={hours[1]}
            aria-invalid={wrong}
            onChange={(event) => takeHours([hours[0], event.currentTarget.value])}
          />
        </label>
      </div>
      <div aria-live="polite">{wrong && <p class="alert">{say('hours_order')}</p>}</div>
    </div>
  );
}

function NewSiteFields({ site, say, onChange }: Properties) {
  const { name, kind } = site.properties;
  return (
    <div class="pair">
      <label>
        {say('name')}
        <input
          required
          maxLength={80}
          defaultValue={name}
          onChange={(event) => {
            const given = event.currentTarget.value.trim();
            if (given !== '') onChange({ ...asAdded(site), name: given });
          }}
        />
      </label>
      <label>
        {say('kind')}
        <select
          value={kind}
          onChange={(event) =>
            onChange({ ...asAdded(site), kind: event.currentTarget.value as SiteKind })
          }
        >
          <option value="canteen">{say('canteen')}</option>
          <option value="meal_point">{say('meal_point')}</option>
        </select>
      </label>
    </div>
  );
}

/** Return a new site as the change that adds it. */
function asAdded({ properties, geometry }: ShownSite): AddSite {
  const { code, kind, name, capacity, opens, closes } = properties;
  const [lon, lat] = geometry?.coordinates ?? [0, 0];
  return {
    do: 'add', site: code, kind, name, lon, lat, capacity,
    opens: clock(opens), closes: clock(closes),
  }; // prettier-ignore
}

/** Return a time of day as a time field has it. */
function clock(time: string | null): string {
  return time === null ? '' : time.slice(0, 5);
}
