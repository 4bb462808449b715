// Canteens and meal points as a list: the way to every site by keyboard and without a map.
import { lookOf } from '../marks.ts';
import type { Site } from '../service/types.ts';
import { keyOf, type ShownSite, sitesNow } from '../sites.ts';
import type { State } from '../state.ts';
import type { Say } from '../texts.ts';
import { refusals } from '../trial.ts';
import { MarkPicture } from './MarkPicture.tsx';

interface Properties {
  state: State;
  say: Say;
  onSelect: (site: Site) => void;
}

export function SiteList({ state, say, onSelect }: Properties) {
  const { sites, selected, working } = state;
  if (sites === null) return <p role="status">{say('loading')}</p>;
  const shown = sitesNow(sites, working.changes);
  if (shown.length === 0) return <p>{say('no_sites')}</p>;
  const refused = refusals(state.trying);
  return (
    <ul class="sites">
      {shown.map((site) => {
        const key = keyOf(site);
        return (
          <li key={key}>
            <button
              type="button"
              class="site"
              aria-pressed={key === selected}
              onClick={() => onSelect(site)}
            >
              <MarkPicture mark={lookOf(site, refused)} />
              <span>{site.properties.name}</span>
            </button>
            {key === selected && <SiteFacts site={site} say={say} />}
          </li>
        );
      })}
    </ul>
  );
}

function SiteFacts({ site, say }: { site: ShownSite; say: Say }) {
  const { kind, active, address, capacity, opens, closes, canteen, code } = site.properties;
  const facts = [
    `${say(kind)} ${code}`,
    active ? null : say('closed'),
    site.fate === 'present' ? null : say(`fate_${site.fate}`),
    address,
    capacity === null ? null : say('capacity', { count: capacity }),
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
