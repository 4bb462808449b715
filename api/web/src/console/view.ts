// What every view of the console is given.
import type { Client } from '../service/client.ts';
import type { Place } from './address.ts';
import type { Live } from './live/watcher.ts';
import type { Listed } from './services.ts';
import type { Language, Say } from './texts.ts';

export interface ViewProperties {
  client: Client;
  say: Say;
  language: Language;
  /** The service's time zone. */
  zone: string;
  /** The day of the service's place, "2026-11-24"; it changes at midnight. */
  today: string;
  /** The service's time, whatever the computer's clock says, in milliseconds. */
  clock: () => number;
  /** Names of what whoever looks at the page may do. */
  may: ReadonlySet<string>;
  place: Place;
  /** The service that the place names, or the next one; null where there is none. */
  service: Listed | null;
  /** How that service goes; `newsOf(live)` changes whenever something came. */
  live: Live;
  go: (place: Place) => void;
  /** Read the list of services again, after something was planned or published. */
  refresh: () => void;
}
