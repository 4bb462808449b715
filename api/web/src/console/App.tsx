// The console: which view of which service is shown, and the bar to choose them.
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';

import type { Client } from '../service/client.ts';
import type { Meal, Page } from '../service/types.ts';
import { hashOf, type Place, placeOf, type View } from './address.ts';
import { DayView } from './day/DayView.tsx';
import type { Outbox } from './entering/outbox.ts';
import { UnsentStrip } from './entering/UnsentStrip.tsx';
import { useLive } from './live/useLive.ts';
import { NOTHING } from './live/watcher.ts';
import { Alarm } from './parts/Alarm.tsx';
import { Bar } from './parts/Bar.tsx';
import { reasonOf } from './parts/useAsked.ts';
import { PlanView } from './plan/PlanView.tsx';
import { RosterView } from './roster/RosterView.tsx';
import { chosenOf, DAYS_BACK, dayOf, daysLater, type Listed, offered, pathOf, watchedOf } from './services.ts';
import { type Language, speaker } from './texts.ts';
import type { ViewProperties } from './view.ts';

interface Properties {
  client: Client;
  outbox: Outbox;
  language: Language;
  zone: string;
  /** The service's time, in milliseconds. */
  clock: () => number;
  may: ReadonlySet<string>;
  /** Meals that whoever looks may plan. */
  meals: readonly Meal[];
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

const MIDNIGHT_WITHIN = 60_000; // milliseconds

export function App({ client, outbox, language, zone, clock, may, meals }: Properties) {
  const say = useMemo(() => speaker(language), [language]);
  const [place, setPlace] = useState(() => placeOf(location.hash));
  const [today, setToday] = useState(() => dayOf(clock(), zone));
  const [there, setThere] = useState<readonly Listed[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(() => {
    client.get<Page<Listed>>(`/api/v1/services?limit=100&first=${daysLater(today, -DAYS_BACK)}`).then(
      (page) => {
        setThere(page.items);
        setProblem(null);
      },
      (error: unknown) => setProblem(reasonOf(error, say)),
    );
  }, [client, today, say]);
  useEffect(refresh, [refresh]);
  useEffect(() => {
    const ticking = setInterval(() => setToday(dayOf(clock(), zone)), MIDNIGHT_WITHIN);
    return () => clearInterval(ticking);
  }, [clock, zone]);
  // Before the page is painted: an address that changes between reading it and listening is lost.
  useLayoutEffect(() => {
    const moved = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  const go = useCallback((to: Place) => {
    location.hash = hashOf(to);
  }, []);
  const services = useMemo(() => offered(there ?? [], today, meals), [there, today, meals]);
  const views = (Object.keys(SHOWN) as View[]).filter((view) => may.has(NEEDED[view]));
  const service = chosenOf(services, place.service, today);
  const watched = may.has(NEEDED.day) ? watchedOf(services, service, today) : [];
  const lives = useLive(client, say, watched.map(pathOf));
  const view = views.includes(place.view) ? place.view : views[0];
  if (view === undefined) return <p class="alert">{say('nothing_for_you')}</p>;
  const live = (watched[0] === service && lives[0]) || NOTHING;
  const Shown = SHOWN[view];
  return (
    <>
      <Bar say={say} place={{ ...place, view }} views={views} services={services} chosen={service} today={today} go={go} />
      <Alarm say={say} services={watched} lives={lives} today={today} />
      <UnsentStrip say={say} outbox={outbox} />
      <div aria-live="polite">
        {problem !== null && <p class="alert">{say('failed', { reason: problem })} <button type="button" class="quiet" onClick={refresh}>{say('again')}</button></p>}
        {live.problem !== null && <p class="alert">{live.problem} <a href="/">{say('first_page')}</a></p>}
        {there === null && problem === null && <p class="note">{say('loading')}</p>}
      </div>
      {there !== null && (
        <Shown
          {...{ client, say, language, zone, today, clock, may, service, live, outbox, go, refresh }}
          place={{ ...place, view }}
        />
      )}
    </>
  );
}
