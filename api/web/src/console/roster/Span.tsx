// Days from a first to a last, or until further notice, with the reason.
import type { Say } from '../texts.ts';
import type { Pause } from './types.ts';

export function Span({ say, pause }: { say: Say; pause: Pause }) {
  const last = pause.last_day ?? say('further_notice');
  return (
    <>
      {say('from_until', { first: pause.first_day, last })} {pause.reason}
    </>
  );
}
