// What planners work out with saved scenarios: the list, comparison, best sites, delivery effect.
import { useCallback, useEffect, useMemo } from 'preact/hooks';

import type { Client } from '../service/client.ts';
import { keyOfVersion } from '../scenarios.ts';
import { Planning } from '../service/planning.ts';
import type { Event, State } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { isCurrent } from '../trial.ts';
import { BestSites } from './BestSites.tsx';
import { Compare } from './Compare.tsx';
import { Effect } from './Effect.tsx';
import { Scenarios } from './Scenarios.tsx';

interface Properties {
  client: Client;
  state: State;
  drawable: boolean;
  first: string;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  middle: () => [lon: number, lat: number] | null;
}

/** How often the list is asked for again, so that what others saved is seen; milliseconds. */
const EVERY = 30_000;

export function ScenarioWork({ client, ...common }: Properties) {
  const { state, say, tell, reason } = common;
  const planning = useMemo(() => new Planning(client), [client]);
  const refresh = useCallback(() => {
    planning.scenarios().then(
      (list) => tell({ type: 'scenarios', list }),
      (error: unknown) => tell({ type: 'scenarios trouble', reason: reason(error) }),
    );
  }, [planning]);
  useEffect(() => {
    refresh();
    const clock = setInterval(() => !document.hidden && refresh(), EVERY);
    return () => clearInterval(clock);
  }, [refresh]);
  const properties = { ...common, planning, refresh };
  const { before, after } = state.comparing;
  const compared = before !== null || after !== null; // it opens where others start a comparison

  // The share of the scenario in hand is known already: the list tells it, too.
  const { trying, working } = state;
  useEffect(() => {
    const { number, version, saved } = working;
    if (number === null || version === null || !saved || trying.trial === null) return;
    if (!isCurrent(trying) || trying.answered?.content.changes !== working.changes) return;
    const key = keyOfVersion({ id: number, version });
    tell({ type: 'share known', key, share: trying.trial.comparison.after.covered.share });
  }, [trying.trial, trying.answered, working.saved]);

  return (
    <>
      <Scenarios {...properties} />
      <details class="part" open={compared || undefined}>
        <summary>{say('comparing')}</summary>
        <Compare {...properties} />
      </details>
      <details class="part">
        <summary>{say('best')}</summary>
        <BestSites {...properties} />
      </details>
      <details class="part">
        <summary>{say('effect')}</summary>
        <Effect {...properties} />
      </details>
    </>
  );
}
