// Canteens and meal points as a list: the way to every site by keyboard and without a map.
import { MarkPicture } from './MarkPicture.tsx';
import type { Site } from '../service/types.ts';
import { keyOf } from '../state.ts';
import type { Say } from '../texts.ts';
import { markOf } from '../marks.ts';

interface Properties {
  sites: Site[] | null;
  selected: string | null;
  say: Say;
  onSelect: (site: Site) => void;
}

export function SiteList({ sites, selected, say, onSelect }: Properties) {
  if (sites === null) return <p role="status">{say('loading')}</p>;
  if (sites.length === 0) return <p>{say('no_sites')}</p>;
  return (
    <ul class="sites">
      {sites.map((site) => {
        const key = keyOf(site);
        const { kind, name, active } = site.properties;
        return (
          <li key={key}>
            <button
              type="button"
              class="site"
              aria-pressed={key === selected}
              onClick={() => onSelect(site)}
            >
              <MarkPicture mark={markOf(kind, active)} />
              <span>{name}</span>
            </button>
            {key === selected && <SiteFacts site={site} say={say} />}
          </li>
        );
      })}
    </ul>
  );
}

function SiteFacts({ site, say }: { site: Site; say: Say }) {
  const { kind, active, address, capacity, opens, closes, canteen, code } = site.properties;
  const facts = [
    `${say(kind)} ${code}`,
    active ? null : say('closed'),
    address,
    say('capacity', { count: capacity }),
    opens && closes ? say('hours', { opens: opens.slice(0, 5), closes: closes.slice(0, 5) }) : null,
    canteen ? say('supplied_by', { canteen }) : null,
    site.geometry ? null : say('unlocated'),
  ];
  return (
    <ul class="facts" aria-live="polite">
      {facts.map((fact) => fact && <li key={fact}>{fact}</li>)}
    </ul>
  );
}
