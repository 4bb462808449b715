// The service's running clock for whatever shows seconds.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Live } from '../live/watcher.ts';
import { ServiceClock } from './clock.ts';

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
