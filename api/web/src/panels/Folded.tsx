// A part that is folded away at first, and drawn only while it is open.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Properties {
  title: string;
  /** Draws what is inside; not called for what nobody sees, however often it changes. */
  children: () => ComponentChildren;
}

export function Folded({ title, children }: Properties) {
  const [open, unfold] = useState(false);
  return (
    <details onToggle={(event) => unfold(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children()}
    </details>
  );
}
