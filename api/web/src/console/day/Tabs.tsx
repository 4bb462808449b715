// The tabs of the view "day", each with how many things wait there.
import { hashOf } from '../address.ts';
import { keyOf } from '../services.ts';
import type { Key } from '../texts.ts';
import type { ViewProperties } from '../view.ts';
import { type Tab, TABS } from './tabs.ts';
import { waitingAt } from './waiting.ts';

const NAMES: Record<Tab, Key> = { overview: 'tab_overview', stops: 'tab_stops' };

export function Tabs({ say, service, live, open }: ViewProperties & { open: Tab }) {
  if (service === null) return null;
  return (
    <nav class="tabs" aria-label={say('tabs')}>
      {TABS.map((tab) => (
        <a
          key={tab}
          href={hashOf({ view: 'day', service: keyOf(service), rest: tab === 'overview' ? [] : [tab] })}
          aria-current={tab === open ? 'page' : undefined}
        >
          {say(NAMES[tab])}
          {waitingAt(tab, live.progress) > 0 && <span class="badge">{waitingAt(tab, live.progress)}</span>}
        </a>
      ))}
    </nav>
  );
}
