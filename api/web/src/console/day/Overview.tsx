// The day at a glance: what is ordered and planned, what waits for an answer, how it goes, what to print.
import { useEffect, useMemo } from 'preact/hooks';

import { newsOf } from '../live/watcher.ts';
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

export function Overview(properties: ViewProperties) {
  const { client, say, service, live, today, refresh } = properties;
  const path = service && pathOf(service);
  // Reports change nothing here; a revision does.
  const revision = String(live.progress?.revision ?? 0);
  const asked = useAsked<Outlook>(client, say, path && `${path}/outlook`, revision);
  const outlook = asked.answer;
  const changed = useMemo(() => () => {
    asked.again();
    refresh();
  }, [asked.again, refresh]);
  const number = outlook?.plan?.number;
  useEffect(() => {
    if (number !== undefined && service?.newest_revision === null) refresh();
  }, [number]);
  if (service === null) return null;
  const begun = live.progress !== null && live.progress.revision !== null;
  const out = begun && (service.day <= today || newsOf(live).split('/')[1] !== '0');
  return (
    <div class="day">
      <Failure say={say} asked={asked} />
      {outlook === null && asked.problem === null && <p class="note" role="status">{say('loading')}</p>}
      {outlook !== null && (
        <>
          {out && <Going {...properties} service={service} />}
          <section class="card" aria-labelledby="day-plan">
            <Figures {...properties} service={service} outlook={outlook} />
            <Actions {...properties} service={service} outlook={outlook} changed={changed} />
          </section>
          <Concerns {...properties} service={service} outlook={outlook} />
          <Kitchens {...properties} service={service} outlook={outlook} />
          <Prints {...properties} service={service} outlook={outlook} />
          {!out && <Shifts {...properties} outlook={outlook} />}
        </>
      )}
    </div>
  );
}
