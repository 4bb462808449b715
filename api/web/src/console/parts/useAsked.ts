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

/** After the connection broke it is asked again so often. */
const ASK_AGAIN = 15_000; // milliseconds

interface Options {
  /** The path is read again when this changes. */
  news?: string;
  /** The answer of the path before stays until that of a new one is here: a list while it is searched. */
  keep?: boolean;
}

/** Read `path` (null: nothing), and again whenever there is news. */
export function useAsked<Answer>(
  client: Client,
  say: Say,
  path: string | null,
  { news = '', keep = false }: Options = {},
): Asked<Answer> {
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
  useEffect(() => {
    if (problem !== say('offline')) return; // what the service refused it refuses again
    const trying = setInterval(() => setTurn((turns) => turns + 1), ASK_AGAIN);
    return () => clearInterval(trying);
  }, [problem, say]);
  const again = useCallback(() => setTurn((turns) => turns + 1), []);
  return { answer: known !== null && (keep || known.path === path) ? known.answer : null, problem, again };
}

/** Return why something failed, for people: the service's sentence, or that the connection broke. */
export function reasonOf(error: unknown, say: Say): string {
  if (!(error instanceof Refused)) return say('offline');
  return error.status === 401 ? say('signed_out') : error.message;
}
