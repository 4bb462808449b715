// The day at a glance: what is ordered and planned, what waits for an answer, how it goes, what to print.
import { useCallback, useEffect } from 'preact/hooks';

import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { Actions } from './Actions.tsx';
import { Concerns } from './Concerns.tsx';
import { Figures } from './Figures.tsx';
import { Going } from './Going.tsx';
import { Kitchens } from './Kitchens.tsx';
import { Prints } from './Prints.tsx';
import { Shifts } from './Shifts.tsx';
import type { Outlook } from './types.ts';

/** Until a service is brought out nothing tells of news; a night may plan it, or somebody else. */
const ASK_EVERY = 60_000; // milliseconds

export function Overview(properties: ViewProperties) {
  const { client, say, service, live, today, refresh } = properties;
  const path = service && pathOf(service);
  // Reports change nothing here; a revision does.
  const revision = String(live.progress?.revision ?? service?.published_revision ?? 0);
  const asked = useAsked<Outlook>(client, say, path && `${path}/outlook`, { news: revision });
  const outlook = asked.answer;
  const changed = useCallback(() => {
    asked.again();
    refresh();
  }, [asked.again, refresh]);
  const { progress } = live;
  // Before its day a service is shown as it goes only once somebody reported, such as "seen".
  const begun = service !== null && (service.day <= today || (progress?.newest_event ?? 0) > 0);
  const out = begun && progress !== null && progress.revision !== null;
  useEffect(() => {
    if (out) return undefined;
    const asking = setInterval(() => document.hidden || changed(), ASK_EVERY);
    return () => clearInterval(asking);
  }, [out, changed]);
  if (service === null) return null;
  const concerns = outlook && <Concerns {...properties} service={service} outlook={outlook} />;
  return (
    <div class="day">
      <Failure say={say} asked={asked} />
      {out && <Going {...properties} service={service} progress={progress} />}
      {outlook === null && asked.problem === null && <p class="note" role="status">{say('loading')}</p>}
      {outlook !== null && (
        <>
          {out && concerns}
          <section class="card" aria-labelledby="day-plan">
            <Figures {...properties} service={service} outlook={outlook} />
            <Actions {...properties} service={service} outlook={outlook} changed={changed} />
          </section>
          {!out && concerns}
          <Kitchens {...properties} service={service} outlook={outlook} />
          <Prints {...properties} service={service} outlook={outlook} />
          {!out && <Shifts {...properties} outlook={outlook} />}
        </>
      )}
    </div>
  );
}
