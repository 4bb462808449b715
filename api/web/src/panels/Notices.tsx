// What went wrong or is going on, in plain words, said aloud by screen readers.
import type { State } from '../state.ts';
import type { Say } from '../texts.ts';

export function Notices({ state, drawable, say }: { state: State; drawable: boolean; say: Say }) {
  const { noBasemap, problem, busy } = state;
  return (
    <div class="notices" aria-live="polite">
      {!drawable && <p class="alert">{say('no_webgl')}</p>}
      {noBasemap !== null && <p class="alert">{say('no_basemap', { reason: noBasemap })}</p>}
      {problem !== null && <p class="alert">{say('failed', { reason: problem })}</p>}
      {busy && <p class="note">{say('loading')}</p>}
    </div>
  );
}
