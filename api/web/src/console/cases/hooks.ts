// What the panels of a day read: lists of the service, read again after news, and its running clock.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { type Client, Refused } from '../../service/client.ts';
import type { Live } from '../live/watcher.ts';
import { ServiceClock } from './clock.ts';

/** What could not be read is asked for again after so long. */
const TRY_AGAIN = 15_000; // milliseconds

export interface Reading<Value> {
  /** Null until the service answered. */
  value: Value | null;
  /** The service's sentence, "" where there was no answer; null where all is well. */
  problem: string | null;
  again: () => void;
}

/** Read an address, and again whenever `news` changes; an answer that was overtaken is left out. */
export function useReading<Value>(client: Client, path: string | null, news: string): Reading<Value> {
  const [value, setValue] = useState<{ path: string; value: Value } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const newest = useRef(0);
  const again = useCallback(() => {
    if (path === null) return;
    newest.current += 1;
    const mine = newest.current;
    client.get<Value>(path).then(
      (answer) => {
        if (mine !== newest.current) return;
        setValue({ path, value: answer });
        setProblem(null);
      },
      (error: unknown) => {
        if (mine === newest.current) setProblem(error instanceof Refused ? error.message : '');
      },
    );
  }, [client, path]);
  useEffect(() => {
    again();
    return () => {
      newest.current += 1;
    };
  }, [again, news]);
  useEffect(() => {
    if (problem === null) return;
    const trying = setInterval(again, TRY_AGAIN);
    return () => clearInterval(trying);
  }, [again, problem]);
  return { value: value?.path === path ? value.value : null, problem, again };
}

/** Return the service's time, every second; null until the service told it. */
export function useServiceNow(live: Live): number | null {
  const clock = useRef<ServiceClock | null>(null);
  clock.current ??= new ServiceClock(() => performance.now());
  const [now, setNow] = useState<number | null>(null);
  const { progress } = live;
  useEffect(() => {
    if (progress === null) return;
    clock.current?.set(progress.now);
    setNow(clock.current?.now() ?? null);
  }, [progress]);
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock.current?.now() ?? null), 1000);
    return () => clearInterval(ticking);
  }, []);
  return now;
}
