// Turns the pages of a list.
import type { Say } from '../texts.ts';

interface Properties {
  say: Say;
  offset: number;
  limit: number;
  total: number;
  go: (offset: number) => void;
}

export function Pages({ say, offset, limit, total, go }: Properties) {
  if (total <= limit) return null;
  const last = Math.min(offset + limit, total);
  return (
    <div class="actions">
      <button type="button" class="quiet" disabled={offset === 0} onClick={() => go(Math.max(0, offset - limit))}>
        {say('page_before')}
      </button>
      <span>{say('page_shown', { first: offset + 1, last })}</span>
      <button type="button" class="quiet" disabled={last >= total} onClick={() => go(offset + limit)}>
        {say('page_after')}
      </button>
    </div>
  );
}
