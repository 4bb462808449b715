// The view "day" of the console: its tabs, and what is open of them.
import type { ViewProperties } from '../view.ts';
import { Overview } from './Overview.tsx';
import { Stops } from './Stops.tsx';
import { type Tab, TABS, tabOf } from './tabs.ts';
import { Tabs } from './Tabs.tsx';

const SHOWN: Record<Tab, (properties: ViewProperties) => preact.JSX.Element | null> = {
  overview: Overview,
  stops: Stops,
};

export function DayView(properties: ViewProperties) {
  const { say, service, place } = properties;
  if (service === null) return <p class="note">{say('no_services')}</p>;
  const tab = tabOf(place.rest, TABS);
  const Shown = SHOWN[tab];
  return (
    <section aria-label={say('view_day')}>
      <Tabs {...properties} open={tab} />
      <Shown {...properties} />
    </section>
  );
}
