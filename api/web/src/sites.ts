// The sites as the working scenario has them: the present ones with its changes, and the new ones.
import type { Change } from './service/scenarios.ts';
import type { Site, SiteKind } from './service/types.ts';

/** What a scenario makes of a site; `changed` is its capacity or hours. */
export type Fate = 'present' | 'new' | 'moved' | 'changed' | 'closed';

export interface ShownSite extends Site {
  fate: Fate;
}

/** Return a site's key on this page: codes of canteens and of meal points may be the same. */
export function keyOf(site: Site): string {
  return keyFor(site.properties.kind, site.properties.code);
}

export function keyFor(kind: SiteKind, code: string): string {
  return `${kind}/${code}`;
}

/** Return the code in a key. */
export function codeOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** Return the sites after the changes, new ones first. */
export function sitesNow(sites: readonly Site[], changes: readonly Change[]): ShownSite[] {
  const shown: ShownSite[] = sites.map((site) => ({ ...site, fate: 'present' }));
  for (const change of changes) {
    if (change.do === 'add') {
      shown.unshift(added(change));
      continue;
    }
    for (const [place, site] of shown.entries())
      if (site.properties.code === change.site) shown[place] = changed(site, change);
  }
  return shown;
}

function added(change: Change & { do: 'add' }): ShownSite {
  const { site: code, kind, name, lon, lat, capacity, opens, closes } = change;
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { kind, code, name, capacity, opens, closes, address: null, canteen: null, active: true },
    fate: 'new',
  };
}

function changed(site: ShownSite, change: Exclude<Change, { do: 'add' }>): ShownSite {
  const { properties } = site;
  switch (change.do) {
    case 'move':
      return {
        ...site,
        geometry: { type: 'Point', coordinates: [change.lon, change.lat] },
        fate: 'moved',
      };
    case 'close':
      return { ...site, fate: 'closed' };
    case 'resize':
      return { ...site, properties: { ...properties, capacity: change.capacity }, fate: again(site) };
    case 'hours': {
      const { opens, closes } = change;
      return { ...site, properties: { ...properties, opens, closes }, fate: again(site) };
    }
  }
}

function again(site: ShownSite): Fate {
  return site.fate === 'present' ? 'changed' : site.fate;
}
