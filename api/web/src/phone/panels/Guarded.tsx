// A button that takes no tap in its first moment: the second tap of a hasty double tap would else
// report the next stop, which has just come up under the finger.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

const MOMENT = 700;

interface Properties {
  class?: string;
  onPress: () => void;
  children: ComponentChildren;
}

export function Guarded({ class: kind, onPress, children }: Properties) {
  const since = useRef(performance.now());
  const press = () => {
    const now = performance.now();
    if (now - since.current < MOMENT) return;
    since.current = now;
    onPress();
  };
  return (
    <button type="button" class={kind ?? ''} onClick={press}>
      {children}
    </button>
  );
}
