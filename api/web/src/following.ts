// Keeps figures and layers behind what is worked on: asks when it changes, tells what is answered.
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';

import { Latest } from './asking.ts';
import type { Client } from './service/client.ts';
import type { Trial } from './service/siting.ts';
import { codeOf } from './sites.ts';
import { COVERAGE_LAYERS, type CoverageLayer, missing, type Wanted } from './shapes.ts';
import type { Event, State } from './state.ts';
import { isCurrent, type Question } from './trial.ts';
import { contentOf } from './working.ts';

type Tell = (event: Event) => void;

/** Layers wait this long after the last answer, so that a drag does not ask for them. */
const REST = 400;

/** Ask what the working scenario comes to whenever it or the chosen site changes. */
export function useTrials(client: Client, state: State, tell: Tell, allowed: boolean): void {
  const { working, trying, selected } = state;
  const latest = useMemo(
    () =>
      new Latest<Question, Trial>(({ thread: _, ...asked }) => client.tryOut(asked), {
        asking: (question) => tell({ type: 'asking', question }),
        answered: (question, trial) => tell({ type: 'answered', question, trial }),
        refused: (question, reason) => tell({ type: 'no answer', question, reason }),
        lost: (question) => tell({ type: 'lost', question }),
      }),
    [client],
  );
  useHurry(latest);
  // Asked before the page is painted: the service works while the browser draws.
  useLayoutEffect(() => {
    if (!allowed) return;
    const { population, boundaries, thread } = trying;
    const site = selected === null ? null : codeOf(selected);
    latest.want({ content: contentOf(working), site, population, boundaries, thread });
  }, [
    latest, allowed, working.changes, working.assumptions, selected,
    trying.population, trying.boundaries, trying.thread,
  ]); // prettier-ignore
}

/** Ask for the layers that are on, once the figures rest. */
export function useLayers(client: Client, state: State, tell: Tell, allowed: boolean): void {
  const askers = useMemo(() => {
    const asker = () =>
      new Latest<Wanted, GeoJSON.FeatureCollection>(
        ({ layer, ...asked }) => client.coverageLayer(layer, asked),
        {
          asking: () => undefined,
          answered: (of, shapes) => tell({ type: 'shapes', drawn: { of, shapes, problem: null } }),
          refused: (of, problem) => tell({ type: 'shapes', drawn: { of, shapes: null, problem } }),
          lost: () => undefined,
        },
      );
    const made = COVERAGE_LAYERS.map((layer): [CoverageLayer, ReturnType<typeof asker>] => [
      layer,
      asker(),
    ]);
    return Object.fromEntries(made) as Record<CoverageLayer, ReturnType<typeof asker>>;
  }, [client]);
  for (const layer of COVERAGE_LAYERS) useHurry(askers[layer]);
  const rests = isCurrent(state.trying);
  const wanted = allowed && rests ? missing(state) : [];
  useEffect(() => {
    if (wanted.length === 0) return;
    const timer = setTimeout(() => {
      for (const one of wanted) askers[one.layer].want(one);
    }, REST);
    return () => clearTimeout(timer);
  }, [askers, rests, state.working, state.shown, state.trying.thread]);
}

/** Ask again as soon as the browser says that the connection is back. */
function useHurry<Question, Answer>(latest: Latest<Question, Answer>): void {
  useEffect(() => {
    const hurry = () => latest.hurry();
    window.addEventListener('online', hurry);
    return () => {
      window.removeEventListener('online', hurry);
      latest.stop();
    };
  }, [latest]);
}
