// What panels may ask for: words in the reader's language, and reports to be made.
import type { Client } from './client.ts';
import type { Entry } from './queue.ts';
import type { Told } from './session.ts';
import type { Language, Say } from './texts.ts';

export interface Actions {
  say: Say;
  language: Language;
  /** The service's time zone. */
  zone: string;
  client: Client;
  /** Milliseconds to be added to the phone's clock. */
  off: number;
  report: (told: Told, photo?: ArrayBuffer) => Promise<void>;
  retract: (id: string) => Promise<void>;
  dismiss: (entries: readonly Entry[]) => Promise<void>;
  /** Show a stop instead of the next one; null: the next one again. */
  choose: (order: number | null) => void;
  /** Stay at a stop, after a reload too: something is being written, or its door is shut. */
  hold: (order: number) => void;
}
