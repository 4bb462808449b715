// Words that are being typed: they outlive a new revision, a call and a reload of the page, and are
// kept in this tab only, until they are recorded.
import { useState } from 'preact/hooks';

const PREFIX = 'mealsvc-draft ';

/** Where the browser lets the page keep nothing, words live as long as the page. */
const unkept = new Map<string, string>();

/** Return a text that is being made, and how to change it; an empty one is forgotten. */
export function useDraft(name: string): [text: string, change: (text: string) => void] {
  const [text, show] = useState(() => read(name));
  const change = (changed: string) => {
    write(name, changed);
    show(changed);
  };
  return [text, change];
}

/** Forget every draft: the duty has ended. */
export function forgetDrafts(): void {
  unkept.clear();
  allowed(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  });
}

function read(name: string): string {
  return allowed(() => sessionStorage.getItem(PREFIX + name)) ?? unkept.get(name) ?? '';
}

function write(name: string, text: string): void {
  unkept.set(name, text);
  allowed(() => {
    if (text === '') sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, text);
  });
}

function allowed<Answer>(work: () => Answer): Answer | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof DOMException) return null; // forbidden, or full
    throw error;
  }
}
