// Orders that nobody brings, with the reason; each can be given to a courier by hand.
import type { Unserved } from './types.ts';
import { nameOf, type Words } from './words.ts';

interface Properties {
  unserved: readonly Unserved[];
  words: Words;
  /** null where the revision cannot be changed. */
  give: ((one: Unserved) => void) | null;
}

export function UnservedList({ unserved, words, give }: Properties) {
  const { say } = words;
  if (unserved.length === 0) return null;
  return (
    <details class="unserved">
      <summary>{say('plan_unserved', { count: unserved.length })}</summary>
      <ul>
        {unserved.map((one) => (
          <li key={one.order}>
            <strong>{nameOf(one, words)}</strong>{' '}
            <span class="note">
              {one.elder ? `${one.elder.code} · ` : ''}#{one.order} · {one.reason_text}
            </span>{' '}
            {give && (
              <button
                type="button"
                class="quiet"
                aria-label={say('plan_change_stop_of', { who: nameOf(one, words) })}
                onClick={() => give(one)}
              >
                {say('plan_change_stop')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
