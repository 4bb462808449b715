// Starts working out what a scenario does to the deliveries of a service, and shows what came of it.
import { useEffect } from 'preact/hooks';

import { dayAfter } from '../effecting.ts';
import type { EffectJob, Planning } from '../service/planning.ts';
import type { Event, State } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { underWay, watch } from '../watching.ts';
import { EffectTable } from './EffectTable.tsx';
import { JobProgress } from './JobProgress.tsx';
import { ScenarioSelect } from './ScenarioSelect.tsx';

interface Properties {
  planning: Planning;
  state: State;
  /** A week before today. */
  first: string;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
}

const WEEK = 7;

export function Effect({ planning, state, first, say, language, tell, reason }: Properties) {
  const { effecting, listed } = state;
  const { scenario, job } = effecting;
  const day = effecting.day || dayAfter(first, WEEK + 1); // tomorrow
  const list = listed.list ?? [];
  const meal = list.find(({ id }) => id === scenario)?.content.assumptions.meal ?? 'lunch';
  const failed = (error: unknown) => tell({ type: 'effect trouble', reason: reason(error) });
  const number = job?.id ?? null;
  const on = underWay(job);
  useEffect(() => {
    if (number === null || !on) return;
    const ask = () => planning.job<EffectJob['outcome']>(number);
    return watch(ask, (now) => tell({ type: 'effect job', job: now }));
  }, [number, on]);

  const start = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    if (scenario === null) return;
    const seconds = effecting.seconds === '' ? null : Number(effecting.seconds);
    planning
      .workOutEffect(scenario, day, meal, seconds)
      .then((started) => tell({ type: 'effect job', job: started }), failed);
  };
  const stop = () => {
    if (number === null) return;
    tell({ type: 'effect stopping' });
    planning.stop(number).catch(failed);
  };

  return (
    <>
      <p class="note">{say('effect_intro')}</p>
      {list.length === 0 ? (
        <p class="note">{say('effect_none')}</p>
      ) : (
        <form onSubmit={start}>
          <ScenarioSelect
            label={say('effect_scenario')}
            list={list}
            chosen={scenario}
            say={say}
            present={false}
            onChoose={(chosen) => tell({ type: 'ask effect', about: { scenario: chosen } })}
          />
          <label>
            {say('effect_day')} · {say(meal)}
            <input
              type="date"
              required
              value={day}
              onInput={(event) => tell({ type: 'ask effect', about: { day: event.currentTarget.value } })}
            />
          </label>
          <label>
            {say('effect_seconds')}
            <input
              type="number"
              min={0.1}
              max={600}
              step="any"
              value={effecting.seconds}
              onInput={(event) => tell({ type: 'ask effect', about: { seconds: event.currentTarget.value } })}
            />
          </label>
          <button type="submit" disabled={scenario === null || on}>
            {say('effect_start')}
          </button>
        </form>
      )}
      <JobProgress watched={effecting} say={say} onStop={stop} />
      {job?.state === 'succeeded' && (
        <EffectTable effect={job.outcome} say={say} language={language} />
      )}
    </>
  );
}

