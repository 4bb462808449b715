// The bar below a form: how much is not saved yet, one button to save, one to discard.
import type { Say } from '../texts.ts';
import type { Sending } from './sending.ts';
import { Said } from './fields/Said.tsx';

interface Properties {
  say: Say;
  sending: Sending;
  /** How many fields were changed. */
  count: number;
  /** How many sentences are shown at fields. */
  placed: number;
  kept: boolean;
  undo: () => void;
}

export function SaveBar({ say, sending, count, placed, kept, undo }: Properties) {
  return (
    <div class={count > 0 ? 'save-bar' : 'save-bar idle'}>
      <Said {...{ say, sending, placed }} kept={kept && count === 0 ? say('saved') : null} />
      <div class="actions">
        <button type="submit" disabled={count === 0 || sending.busy}>
          {say('save')}
        </button>
        {count > 0 && (
          <button type="button" class="quiet" onClick={undo}>
            {say('undo_edits')}
          </button>
        )}
        <span class="note">{count > 0 ? say('unsaved', { count }) : say('nothing_changed')}</span>
      </div>
    </div>
  );
}
