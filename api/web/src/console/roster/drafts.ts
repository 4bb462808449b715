// What was typed and not saved yet: it waits here when another file is opened.
import { useLayoutEffect, useState } from 'preact/hooks';

const waiting = new Map<string, unknown>();

/** Hold a form under a name; what differs from `saved` survives leaving the page's part. */
export function useDraft<Form>(name: string, saved: Form): [Form, (form: Form | null) => void, differs: boolean] {
  const [typed, setTyped] = useState<Form | null>(() => (waiting.get(name) as Form | undefined) ?? null);
  const form = typed ?? saved;
  const differs = typed !== null && JSON.stringify(typed) !== JSON.stringify(saved);
  // Before anything else is pressed: an effect after the painting is lost with the page's part.
  useLayoutEffect(() => {
    if (differs) waiting.set(name, typed);
    else waiting.delete(name);
    if (!differs) return;
    const warn = (event: Event) => event.preventDefault(); // the browser asks before it closes
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [name, typed, differs]);
  /** Hold what was typed; null: what is saved. */
  const hold = (next: Form | null) => setTyped(JSON.stringify(next) === JSON.stringify(saved) ? null : next);
  return [form, hold, differs];
}
