// The search for best sites: the form, the work under way, and what came of it.
import { useEffect } from 'preact/hooks';

import { type Choosing, mistakesOf, wishOf } from '../choosing.ts';
import { useRemembered } from '../remembering.ts';
import { Refused } from '../service/client.ts';
import type { BestJob, Planning } from '../service/planning.ts';
import type { Event, State } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { underWay, watch } from '../watching.ts';
import { isPresent } from '../working.ts';
import { BestResult } from './BestResult.tsx';
import { CandidateFields } from './CandidateFields.tsx';
import { JobProgress } from './JobProgress.tsx';
import { GoalFields, RuleFields } from './WishFields.tsx';

interface Properties {
  planning: Planning;
  state: State;
  drawable: boolean;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  refresh: () => void;
  /** The place in the middle of the map. */
  middle: () => [lon: number, lat: number] | null;
}

const JOB = 'best-sites-job'; // of this tab

export function BestSites(properties: Properties) {
  const { planning, state, say, language, tell, reason, refresh } = properties;
  const { choosing, trying } = state;
  const { job } = choosing;
  const number = job?.id ?? null;
  const on = underWay(job);
  const failed = (error: unknown) => tell({ type: 'best trouble', reason: reason(error) });
  useEffect(() => {
    if (number === null || !on) return;
    const ask = () => planning.job<BestJob['outcome']>(number);
    return watch(ask, (now) => {
      tell({ type: 'best job', job: now });
      if (now.state === 'succeeded') refresh();
    });
  }, [number, on]);

  useRemembered(JOB, number, (kept) =>
    planning.job<BestJob['outcome']>(kept).then(
      (found) => {
        tell({ type: 'best job', job: found });
        return true;
      },
      (error: unknown) => !(error instanceof Refused), // without connection it may still be there
    ),
  );

  const start = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    const { name, base } = choosing.form;
    tell({ type: 'draw candidates', on: false });
    planning
      .chooseSites(name.trim(), wishOf(choosing), base, trying.population)
      .then((started) => tell({ type: 'best job', job: started }), failed);
  };
  const stop = () => {
    if (number === null) return;
    tell({ type: 'best stopping' });
    planning.stop(number).catch(failed);
  };
  const [mistake] = mistakesOf(choosing);

  return (
    <>
      <p class="note">{say('best_intro')}</p>
      <form class="wish" onSubmit={start} noValidate>
        <GoalFields {...properties} />
        <CandidateFields {...properties} />
        <RuleFields {...properties} />
        <p class="note" role="status">
          {mistake && say(mistake.says, mistake.values)}
        </p>
        <button type="submit" disabled={mistake !== undefined || on}>
          {say('wish_start')}
        </button>
      </form>
      <JobProgress watched={choosing} say={say} onStop={stop} />
      {job?.state === 'succeeded' && (
        <section aria-labelledby="best-result">
          <h3 id="best-result">{say('best_result')}</h3>
          <BestResult best={job.outcome} say={say} language={language}>
            <Next {...properties} choosing={choosing} />
          </BestResult>
        </section>
      )}
    </>
  );
}

/** What to do with the answer. */
function Next({ planning, state, choosing, say, tell, reason }: Properties & { choosing: Choosing }) {
  const made = choosing.job?.outcome.scenario;
  if (made === undefined) return null;
  const open = () => {
    const safe = state.working.saved || isPresent(state.working);
    if (!safe && !confirm(say('scenario_leave_ask'))) return;
    planning.scenario(made).then(
      (scenario) => tell({ type: 'open', scenario }),
      (error: unknown) => tell({ type: 'best trouble', reason: reason(error) }),
    );
  };
  return (
    <div class="actions">
      <button type="button" onClick={open}>
        {say('best_open')}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => tell({ type: 'compare', before: null, after: made })}
      >
        {say('best_compare')}
      </button>
    </div>
  );
}
