// Words with a running clock: how long a door has stayed shut, and how long the next step has.
import { useEffect, useState } from 'preact/hooks';

import { type SeenCase, span } from '../cases.ts';
import type { Say } from '../texts.ts';

/** Return the moment by the service's clock, every second anew. */
export function useNow(off: number): number {
  const [now, tick] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + off;
}

/** What is due in a case, and for how long still. */
export function Due({ shut, off, say }: { shut: SeenCase; off: number; say: Say }) {
  const now = useNow(off);
  if (shut.next === null || shut.dueAt === null) {
    return <span class="clock">{say('case_office', { span: span(now - shut.openedAt) })}</span>;
  }
  const late = now > shut.dueAt;
  return (
    <span class={late ? 'clock late' : 'clock'}>
      {say(late ? 'case_step_late' : 'case_step_left', {
        step: say(`step_${shut.next}`),
        span: span(shut.dueAt - now),
      })}
    </span>
  );
}
