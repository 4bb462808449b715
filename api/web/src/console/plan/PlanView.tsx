// The view "plan" of the console: reads the plan and what belongs to it, and shows it.
import { useEffect, useState } from 'preact/hooks';

import { newsOf } from '../live/watcher.ts';
import { type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { load, proposalsOf, reportsOf, useKept } from './loading.ts';
import { PlanWork } from './PlanWork.tsx';

/** What others propose is not told by the stream of reports; so long between two questions. */
const ASK_EVERY = 20_000; // milliseconds

export function PlanView(properties: ViewProperties) {
  const { say, service } = properties;
  if (service === null) return <p class="note">{say('no_services')}</p>;
  const planned = service.newest_revision !== null || service.published_revision !== null;
  return planned ? (
    <OfService key={pathOf(service)} {...properties} service={service} path={pathOf(service)} />
  ) : (
    <p class="note">{say('plan_none')}</p>
  );
}

function OfService(properties: ViewProperties & { service: Listed; path: string }) {
  const { client, say, may, live, service, path } = properties;
  const [wanted, setWanted] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const asking = setInterval(() => document.hidden || setTurn((times) => times + 1), ASK_EVERY);
    return () => clearInterval(asking);
  }, []);
  // Either may hear of a new revision first; numbers only grow.
  const inForce = Math.max(live.progress?.revision ?? 0, service.published_revision ?? 0);
  const plan = useKept(() => load(client, path, wanted, may), path, `${wanted}/${inForce}`, say);
  const proposals = useKept(() => proposalsOf(client, path, may), path, `${inForce}/${turn}`, say);
  const reports = useKept(() => reportsOf(client, path, may), path, newsOf(live), say);
  const problem = plan.problem ?? proposals.problem;
  return (
    <div class="plan">
      <h2>{say('view_plan')}</h2>
      <div aria-live="polite">
        {problem !== null && (
          <p class="alert">
            {say('failed', { reason: problem })}{' '}
            <button
              type="button"
              class="quiet"
              onClick={() => {
                plan.again();
                proposals.again();
              }}
            >
              {say('again')}
            </button>
          </p>
        )}
        {plan.value === null && plan.busy && <p class="note">{say('loading')}</p>}
      </div>
      {plan.value !== null && (
        <PlanWork
          {...properties}
          loaded={plan.value}
          inForce={inForce}
          busy={plan.busy}
          proposals={proposals.value ?? []}
          reports={reports.value ?? []}
          readProposals={proposals.again}
          read={(revision) => {
            setWanted(revision);
            plan.again();
            proposals.again();
          }}
        />
      )}
    </div>
  );
}
