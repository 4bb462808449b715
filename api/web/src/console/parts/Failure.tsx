// Says that something could not be read, and offers to try again.
import type { Say } from '../texts.ts';
import type { Asked } from './useAsked.ts';

export function Failure({ say, asked }: { say: Say; asked: Asked<unknown> }) {
  return (
    <div aria-live="polite">
      {asked.problem !== null && (
        <p class="alert">
          {say('failed', { reason: asked.problem })}{' '}
          <button type="button" class="quiet" onClick={asked.again}>
            {say('again')}
          </button>
        </p>
      )}
    </div>
  );
}
