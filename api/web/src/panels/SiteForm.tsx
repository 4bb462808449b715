// Capacity and hours of a site in a scenario; of a new one also name and kind. Taken over at once.
import { useEffect, useState } from 'preact/hooks';

import type { AddSite, Change } from '../service/scenarios.ts';
import type { SiteKind } from '../service/types.ts';
import type { ShownSite } from '../sites.ts';
import type { Say } from '../texts.ts';
import { Field } from './Field.tsx';

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

  // Hours that are taken back elsewhere, by undoing, are shown here too.
  useEffect(() => {
    setHours([clock(opens), clock(closes)]);
    setWrong(false);
  }, [opens, closes]);
  const setCapacity = (text: string) => {
    if (text !== '') onChange({ do: 'resize', site: code, capacity: Number(text) });
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
      <Field
        label={say('portions')}
        range={[0, 100_000, 1]}
        required={!isNew}
        hint={isNew ? say('no_limit') : ''}
        value={capacity === null ? '' : String(capacity)}
        onValue={setCapacity}
      />
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
      <Field
        label={say('name')}
        required
        value={name}
        onValue={(given) => given !== '' && onChange({ ...asAdded(site), name: given })}
      />
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
