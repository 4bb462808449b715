// Follows services while the console shows them.
import { useEffect, useState } from 'preact/hooks';

import { type Client, Refused } from '../../service/client.ts';
import { reasonOf } from '../parts/useAsked.ts';
import type { Say } from '../texts.ts';
import type { Progress } from './types.ts';
import { type Live, NOTHING, Watcher } from './watcher.ts';

/** A window that nobody looks at keeps its stream so long; browsers open six per site, no more. */
const HIDDEN_FOR = 300_000; // milliseconds

/** An answer that takes longer is not waited for: connections break without a word. */
const PATIENCE = 15_000; // milliseconds

/**
 * Return how services go, in the order of their addresses; the first is heard of at once, the
 * others every while.
 */
export function useLive(client: Client, say: Say, paths: readonly string[]): Live[] {
  const [known, setKnown] = useState<Record<string, Live>>({});
  const all = paths.join(' ');
  useEffect(() => {
    const watchers = paths.map(
      (path, at) =>
        new Watcher({
          ask: () => answered(client.get<Progress>(`${path}/delivery`)),
          open: at === 0 ? () => new EventSource(`${path}/delivery/stream`) : null,
          told: (live) => setKnown((before) => ({ ...before, [path]: live })),
          refusal: (error) => (error instanceof Refused ? reasonOf(error, say) : null),
          later: (deed, milliseconds) => window.setTimeout(deed, milliseconds),
          never: (timer) => clearTimeout(timer),
        }),
    );
    let hidden: number | undefined;
    const turned = () => {
      clearTimeout(hidden);
      if (document.hidden) {
        hidden = window.setTimeout(() => watchers.forEach((one) => one.deafen()), HIDDEN_FOR);
      } else {
        watchers.forEach((one) => {
          one.listen();
          one.ask();
        });
      }
    };
    document.addEventListener('visibilitychange', turned);
    return () => {
      clearTimeout(hidden);
      document.removeEventListener('visibilitychange', turned);
      watchers.forEach((one) => one.end());
      setKnown({});
    };
  }, [client, say, all]);
  return paths.map((path) => known[path] ?? NOTHING);
}

function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const over = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error('no answer came')), PATIENCE);
  });
  return Promise.race([answer, over]);
}
