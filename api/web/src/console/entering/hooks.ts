// How views see the outbox: what it holds, and the entering of something from one place.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Given, Outbox, Unsent } from './outbox.ts';

/** Return what is not answered, kept up to date. */
export function useUnsent(outbox: Outbox): Unsent[] {
  const [entries, setEntries] = useState(() => outbox.entries());
  useEffect(() => {
    const read = () => setEntries(outbox.entries());
    read(); // an answer may have come between the first reading and now
    return outbox.listen(read);
  }, [outbox]);
  return entries;
}

export interface Entering {
  /** Whether something entered here waits for an answer. */
  waiting: boolean;
  /** Whether the answer may come any moment; not so once the connection broke. */
  busy: boolean;
  /** Why the service refused the last entry; null where it did not. */
  problem: string | null;
  /** Enter something; fulfilled when there is an answer: whether it is kept. */
  enter: (given: Omit<Given, 'about'>) => Promise<boolean>;
}

/** Return what a place needs to enter things about one thing. */
export function useEntering(outbox: Outbox, about: string): Entering {
  const entries = useUnsent(outbox);
  const [problem, setProblem] = useState<string | null>(null);
  const pending = useRef(new Set<string>());
  useEffect(() => () => pending.current.forEach((id) => outbox.leave(id)), [outbox]);
  const enter = async (given: Omit<Given, 'about'>) => {
    setProblem(null);
    pending.current.add(given.id);
    const settled = await outbox.submit({ ...given, about });
    pending.current.delete(given.id);
    if (settled.state === 'refused') setProblem(settled.message);
    return settled.state === 'kept';
  };
  const waiting = entries.some((one) => one.about === about && one.state === 'waiting');
  return { waiting, busy: waiting && outbox.failures === 0, problem, enter };
}
