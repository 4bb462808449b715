// A dialog over the view; the browser keeps the focus inside, Escape closes it.
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Properties {
  title: string;
  onClose: () => void;
  children: preact.ComponentChildren;
}

export function Dialog({ title, onClose, children }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const close = (event: Event) => {
    event.preventDefault(); // whoever opened it closes it
    onClose();
  };
  return (
    <dialog ref={dialog} class="plan-dialog" aria-labelledby="plan-dialog-title" onCancel={close}>
      <h2 id="plan-dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}
