// Asks once more before something that others see at once; the browser keeps the focus inside.
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Say } from '../texts.ts';

interface Properties {
  say: Say;
  title: string;
  children: preact.ComponentChildren;
  /** What the button that does it says. */
  yes: string;
  onYes: () => void;
  onNo: () => void;
}

export function Confirm({ say, title, children, yes, onYes, onNo }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const no = (event: Event) => {
    event.preventDefault(); // whoever opened it closes it
    onNo();
  };
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onCancel={no}>
      <h2 id="confirm-title">{title}</h2>
      {children}
      <div class="actions">
        <button type="button" onClick={onYes}>
          {yes}
        </button>
        <button type="button" class="quiet" onClick={onNo}>
          {say('cancel')}
        </button>
      </div>
    </dialog>
  );
}
