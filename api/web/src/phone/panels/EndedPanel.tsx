// Said when the link has ended: why, that the phone was cleared, and what is still to be sent.
import { unsent } from '../queue.ts';
import type { View } from '../session.ts';
import type { Say } from '../texts.ts';

export function EndedPanel({ view, say }: { view: View; say: Say }) {
  const count = unsent(view.entries);
  return (
    <section class="card" aria-labelledby="ended">
      <h2 id="ended">{say('ended')}</h2>
      <p>{view.ended || say('ended_over')}</p>
      <p>{say('wiped')}</p>
      {count > 0 && <p class="alert">{say('still_waiting', { count })}</p>}
    </section>
  );
}
