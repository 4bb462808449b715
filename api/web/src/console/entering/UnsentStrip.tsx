// The strip under the bar: what is not sent yet, and what the service refused after its place was left.
import { useState } from 'preact/hooks';

import type { Say } from '../texts.ts';
import { useUnsent } from './hooks.ts';
import type { Outbox, Unsent } from './outbox.ts';

interface Properties {
  say: Say;
  outbox: Outbox;
}

export function UnsentStrip({ say, outbox }: Properties) {
  const entries = useUnsent(outbox);
  const waiting = entries.filter((one) => one.state === 'waiting');
  const shown = outbox.failures > 0 ? waiting : [];
  return (
    <div class="unsent">
      <div role="status">
        {shown.length > 0 && <Waiting {...{ say, outbox, waiting: shown }} />}
        {shown.length > 0 && !outbox.shelf.lasting && <p class="alert">{say('unsent_stay')}</p>}
      </div>
      <div role="alert">
        {entries
          .filter((one) => one.state === 'refused')
          .map((one) => (
            <p key={one.id} class="alert">
              {say('unsent_refused', { what: say(one.what.key, one.what.values), reason: one.message ?? '' })}{' '}
              <button type="button" class="quiet" onClick={() => outbox.drop(one.id)}>
                {say('unsent_read')}
              </button>
            </p>
          ))}
      </div>
    </div>
  );
}

function Waiting({ say, outbox, waiting }: Properties & { waiting: readonly Unsent[] }) {
  const [asking, setAsking] = useState<string | null>(null);
  const said = waiting.find((one) => one.message !== null)?.message;
  return (
    <div class="alert">
      <p>
        <strong>{say('unsent_count', { count: waiting.length })}</strong> {said ?? say('unsent_broken')}{' '}
        <button type="button" class="quiet" onClick={() => void outbox.hurry()}>
          {say('unsent_now')}
        </button>
      </p>
      <ul>
        {waiting.map((one) => (
          <li key={one.id}>
            {say(one.what.key, one.what.values)}{' '}
            {asking === one.id ? (
              <>
                <button type="button" class="quiet" onClick={() => outbox.drop(one.id)}>
                  {say('unsent_give_up_sure')}
                </button>{' '}
                <button type="button" class="quiet" onClick={() => setAsking(null)}>
                  {say('cancel')}
                </button>
              </>
            ) : (
              <button type="button" class="quiet" onClick={() => setAsking(one.id)}>
                {say('unsent_give_up')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
