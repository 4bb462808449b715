// Says that a list could not be read, and offers to read it again.
import type { Say } from '../texts.ts';

interface Properties {
  say: Say;
  /** The service's sentence, "" where there was no answer; null where all is well. */
  problem: string | null;
  again: () => void;
}

export function ReadProblem({ say, problem, again }: Properties) {
  return (
    <div role="status">
      {problem !== null && (
        <p class="alert">
          {say('read_failed', { reason: problem || say('offline') })}{' '}
          <button type="button" class="quiet" onClick={again}>
            {say('read_again')}
          </button>
        </p>
      )}
    </div>
  );
}
