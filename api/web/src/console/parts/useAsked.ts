// Reads an address of the API for a component, and again whenever something came.
import { useCallback, useEffect, useState } from 'preact/hooks';

import { type Client, Refused } from '../../service/client.ts';
import type { Say } from '../texts.ts';

export interface Asked<Answer> {
  /** The last answer; it stays while the next one is on its way, or does not come. */
  answer: Answer | null;
  /** Why there is no newer answer, in the service's words; null while all is well. */
  problem: string | null;
  again: () => void;
}

/** Read `path` (null: nothing), and again when `news` changes. */
export function useAsked<Answer>(client: Client, say: Say, path: string | null, news = ''): Asked<Answer> {
  const [known, setKnown] = useState<{ path: string; answer: Answer } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let on = true;
    if (path !== null) {
      client.get<Answer>(path).then(
        (answer) => {
          if (!on) return;
          setKnown({ path, answer });
          setProblem(null);
        },
        (error: unknown) => on && setProblem(reasonOf(error, say)),
      );
    }
    return () => {
      on = false;
    };
  }, [client, say, path, news, turn]);
  const again = useCallback(() => setTurn((turns) => turns + 1), []);
  return { answer: known !== null && known.path === path ? known.answer : null, problem, again };
}

/** Return why something failed, for people: the service's sentence, or that the connection broke. */
export function reasonOf(error: unknown, say: Say): string {
  if (!(error instanceof Refused)) return say('offline');
  return error.status === 401 ? say('signed_out') : error.message;
}
