// The console: which view of which service is shown, and the bar to choose them.
import { useCallback, useEffect, useState } from 'preact/hooks';

import { type Client, Refused } from '../service/client.ts';
import type { Page, Service } from '../service/types.ts';
import { hashOf, type Place, placeOf, type View } from './address.ts';
import { DayView } from './day/DayView.tsx';
import { Bar } from './parts/Bar.tsx';
import { PlanView } from './plan/PlanView.tsx';
import { RosterView } from './roster/RosterView.tsx';
import { chosenOf } from './services.ts';
import { type Language, speaker } from './texts.ts';
import type { ViewProperties } from './view.ts';

interface Properties {
  client: Client;
  language: Language;
  zone: string;
  /** The day of the service's place, "2026-11-24". */
  today: string;
  may: ReadonlySet<string>;
}

const SHOWN: Record<View, (properties: ViewProperties) => preact.JSX.Element> = {
  day: DayView,
  plan: PlanView,
  roster: RosterView,
};

/** Views that a role has any use for. */
const NEEDED: Record<View, string> = {
  day: 'read_delivery',
  plan: 'read_plans',
  roster: 'read_elders',
};

export function App({ client, language, zone, today, may }: Properties) {
  const say = speaker(language);
  const [place, setPlace] = useState(() => placeOf(location.hash));
  const [services, setServices] = useState<readonly Service[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(() => {
    client.get<Page<Service>>(`/api/v1/services?limit=100&first=${today}`).then(
      (page) => {
        setServices(page.items);
        setProblem(null);
      },
      (error: unknown) => setProblem(error instanceof Refused ? error.message : say('offline')),
    );
  }, [client, today, language]);
  useEffect(refresh, [refresh]);
  useEffect(() => {
    const moved = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  const go = useCallback((to: Place) => {
    location.hash = hashOf(to);
  }, []);
  const views = (Object.keys(SHOWN) as View[]).filter((view) => may.has(NEEDED[view]));
  const view = views.includes(place.view) ? place.view : views[0];
  if (view === undefined) return <p class="alert">{say('nothing_for_you')}</p>;
  const service = services && chosenOf(services, place.service);
  const Shown = SHOWN[view];
  return (
    <>
      <Bar say={say} place={{ ...place, view }} views={views} services={services ?? []} chosen={service} today={today} go={go} />
      <div aria-live="polite">
        {problem !== null && <p class="alert">{say('failed', { reason: problem })}</p>}
        {services === null && problem === null && <p class="note">{say('loading')}</p>}
      </div>
      {services !== null && (
        <Shown
          {...{ client, say, language, zone, may, service, go, refresh }}
          place={{ ...place, view }}
        />
      )}
    </>
  );
}
