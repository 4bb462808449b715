// The two things to do about a plan: make one, and give it to couriers and kitchens.
import { useEffect, useState } from 'preact/hooks';

import type { Job } from '../../service/planning.ts';
import { underWay, watch } from '../../watching.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { reasonOf } from '../parts/useAsked.ts';
import { type Listed, nameOf, pathOf } from '../services.ts';
import type { Key } from '../texts.ts';
import type { ViewProperties } from '../view.ts';
import type { Outlook } from './types.ts';

type Properties = ViewProperties & { service: Listed; outlook: Outlook; changed: () => void };
type PlanJob = Job<{ revision?: number }>;

const PHASES: Record<string, Key> = {
  'collecting orders': 'phase_collecting',
  'travel times': 'phase_travel',
  searching: 'phase_searching',
  saving: 'phase_saving',
};

export function Actions({ client, say, service, today, outlook, changed }: Properties) {
  const [job, setJob] = useState<PlanJob | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const path = pathOf(service);
  const number = job && underWay(job) ? job.id : outlook.job;
  useEffect(() => {
    if (number === null) return undefined;
    return watch<{ revision?: number }>(
      () => client.get(`/api/v1/jobs/${number}`),
      (told) => {
        setJob(told);
        if (!underWay(told)) changed();
      },
    );
  }, [client, number]);
  // What became of something whose answer was lost is seen in what is shown.
  useEffect(() => setProblem(null), [outlook.plan?.number, outlook.plan?.state, outlook.publish, outlook.job]);
  const send = (to: string, then: (answer: PlanJob) => void) => {
    setProblem(null);
    client.send<PlanJob>(`${path}${to}`, { method: 'POST' }).then(then, (error: unknown) => setProblem(reasonOf(error, say)));
  };
  const running = job !== null && underWay(job);
  const { publish } = outlook;
  return (
    <>
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {running && (
          <p class="planning">
            <label for="plan-progress">{say('planning', { phase: say(PHASES[job.phase] ?? 'phase_waiting') })}</label>
            <progress id="plan-progress" max={1} value={job.progress} />
          </p>
        )}
        {job?.state === 'failed' && <p class="alert">{say('plan_failed', { reason: job.error ?? '' })}</p>}
        {job?.state === 'succeeded' && <p class="well">{say('plan_made', { number: job.outcome.revision ?? '' })}</p>}
      </div>
      <div class="actions">
        {publish !== null && !running && (
          <button type="button" onClick={() => setAsking(true)}>
            {say('publish', { number: publish })}
          </button>
        )}
        {outlook.may_plan && !running && (
          <button type="button" class={outlook.plan ? 'quiet' : ''} onClick={() => send('/plan', setJob)}>
            {say(outlook.plan ? 'plan_anew' : 'plan_now')}
          </button>
        )}
      </div>
      {asking && publish !== null && (
        <Confirm
          say={say}
          title={say('publish_ask', { number: publish, service: nameOf(service, today, say) })}
          yes={say('publish', { number: publish })}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            send(`/plan/revisions/${publish}/publish`, () => {
              setJob(null);
              changed();
            });
          }}
        >
          <p>{say(outlook.plan?.state === 'published' ? 'publish_replaces' : 'publish_first')}</p>
        </Confirm>
      )}
    </>
  );
}
