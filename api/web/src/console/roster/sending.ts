// Sends a change of the roster, and keeps what the service says of it.
import { useState } from 'preact/hooks';

import { Refused } from '../../service/client.ts';
import type { FieldProblem } from '../../service/types.ts';
import type { Say } from '../texts.ts';

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

/** Return why a change failed; what was typed is not lost by it. */
function reasonOf(error: unknown, say: Say): string {
  return error instanceof Refused ? error.message : say('roster_offline');
}
