// Measures from a click, a drop or a key to the answer on the screen, for acceptance runs and tests.
import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';

import { isCurrent, type Trying } from './trial.ts';

interface Screen {
  whenDrawn: (done: () => void) => void;
}

/** Name of the performance entries. */
export const PLACED = 'placed';

/**
 * Count the answers that were drawn in `data-answered` of the map's box, and measure those that
 * `start` was called for, as performance entries named "placed". Returns `start`, which takes the
 * moment in milliseconds of the page's clock.
 */
export function useStopwatch(
  trying: Trying,
  map: RefObject<Screen | null>,
  box: RefObject<HTMLElement | null>,
): (when: number) => void {
  const started = useRef<number | null>(null);
  const answered = useRef(0);
  useLayoutEffect(() => {
    if (!isCurrent(trying)) return;
    const start = started.current;
    started.current = null; // what starts from now on waits for its own answer
    const drawn = () => {
      answered.current += 1;
      if (start !== null) performance.measure(PLACED, { start, end: performance.now() });
      box.current?.setAttribute('data-answered', String(answered.current));
    };
    if (map.current === null) drawn();
    else map.current.whenDrawn(drawn);
  }, [trying.answered]);
  return useCallback((when: number) => {
    started.current = when;
  }, []);
}
