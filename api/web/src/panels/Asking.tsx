// Asks before something is done: yes or no, or a name; the keyboard stays inside until answered.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Say } from '../texts.ts';

interface Properties {
  title: string;
  say: Say;
  children?: ComponentChildren;
  /** What stands in the field at first; without it nothing is to be filled in. */
  name?: { label: string; value: string };
  confirm: string;
  onAnswer: (name: string) => void;
  onCancel: () => void;
}

export function Asking({ title, say, children, name, confirm, onAnswer, onCancel }: Properties) {
  const box = useRef<HTMLDialogElement>(null);
  const [value, setValue] = useState(name?.value ?? '');
  useLayoutEffect(() => {
    const shown = box.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close(); // what is behind it takes no focus before
      if (before instanceof HTMLElement) before.focus(); // back to where the question came from
    };
  }, []);
  return (
    <dialog ref={box} class="asking" aria-labelledby="asking" onCancel={onCancel}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (name === undefined || value.trim() !== '') onAnswer(value.trim());
        }}
      >
        <h2 id="asking">{title}</h2>
        {children}
        {name !== undefined && (
          <label>
            {name.label}
            <input
              required
              autofocus
              maxLength={80}
              value={value}
              onInput={(event) => setValue(event.currentTarget.value)}
            />
          </label>
        )}
        <div class="actions">
          <button type="submit">{confirm}</button>
          <button type="button" class="quiet" autofocus={name === undefined} onClick={onCancel}>
            {say('cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
