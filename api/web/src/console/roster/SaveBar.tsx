// The bar below a form: how much is not saved yet, one button to save, one to discard.
import type { Say } from '../texts.ts';
import type { Sending } from './sending.ts';
import { Said } from './fields/Said.tsx';

interface Properties {
  say: Say;
  sending: Sending;
  /** How many fields were changed. */
  count: number;
  /** The sentences that are shown at fields. */
  problems: Readonly<Record<string, string>>;
  kept: boolean;
  undo: () => void;
}

/** The bar below the form of a file that is not there yet. */
export function OpenBar({ say, sending, problems }: Pick<Properties, 'say' | 'sending' | 'problems'>) {
  return (
    <div class="save-bar">
      <Said {...{ say, sending }} placed={Object.keys(problems).length} />
      <button type="submit" disabled={sending.busy}>
        {say('open_file')}
      </button>
    </div>
  );
}

export function SaveBar({ say, sending, count, problems, kept, undo }: Properties) {
  return (
    <div class={count > 0 ? 'save-bar' : 'save-bar idle'}>
      <Said {...{ say, sending }} placed={Object.keys(problems).length} kept={kept && count === 0 ? say('saved') : null} />
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
