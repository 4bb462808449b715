// What became of a change: the service's sentence when it was refused, a word when it was kept.
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Sending } from '../sending.ts';
import type { Say } from '../../texts.ts';

interface Properties {
  say: Say;
  sending: Sending;
  /** Fields whose sentences are shown at them. */
  placed?: number | undefined;
  kept?: string | null | undefined;
}

export function Said({ say, sending, placed = 0, kept = null }: Properties) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (sending.fields.length === 0) return;
    // A page may hold several forms, each with fields that were refused earlier.
    const own = box.current?.closest('form, section, details') ?? document;
    own.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [sending.fields]);
  const elsewhere = placed > 0 && placed >= sending.fields.length;
  return (
    <div aria-live="polite" ref={box}>
      {sending.problem !== null && (
        <p class="alert">{elsewhere ? say('roster_other_fields') : sending.problem}</p>
      )}
      {sending.problem === null && kept !== null && <p class="well">{kept}</p>}
    </div>
  );
}
