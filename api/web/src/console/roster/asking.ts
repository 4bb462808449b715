// Reads an address for a component, and sends changes with what the service says of them.
import { useCallback, useEffect, useState } from 'preact/hooks';

import { type Client, Refused } from '../../service/client.ts';
import type { FieldProblem } from '../../service/types.ts';
import type { Say } from '../texts.ts';

export interface Answer<Content> {
  content: Content | null;
  /** Why there is none, or no newer one, in the service's words. */
  problem: string | null;
  again: () => void;
}

/** Read an address (null: nothing), and again after `again`; the last content stays meanwhile. */
export function useAnswer<Content>(client: Client, say: Say, path: string | null): Answer<Content> {
  const [known, setKnown] = useState<Content | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    if (path === null) return;
    client.get<Content>(path).then(
      (content) => {
        if (!wanted) return;
        setKnown(content);
        setProblem(null);
      },
      (error: unknown) => {
        if (wanted) setProblem(reasonOf(error, say));
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, path, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { content: known, problem, again };
}

export interface Sending {
  busy: boolean;
  /** Why the last change was refused; null: it was not. */
  problem: string | null;
  fields: readonly FieldProblem[];
  /** Send a change; null if it was refused. What was typed stays in the form. */
  run: <Content>(send: () => Promise<Content>) => Promise<Content | null>;
}

export function useSending(say: Say): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<readonly FieldProblem[]>([]);
  const run = async <Content>(send: () => Promise<Content>): Promise<Content | null> => {
    setBusy(true);
    try {
      const content = await send();
      setProblem(null);
      setFields([]);
      return content;
    } catch (error: unknown) {
      setProblem(reasonOf(error, say));
      setFields(error instanceof Refused ? error.fields : []);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, fields, run };
}

/** Return why something failed, for people: the service's sentence, or that the connection broke. */
export function reasonOf(error: unknown, say: Say): string {
  return error instanceof Refused ? error.message : say('roster_offline');
}
