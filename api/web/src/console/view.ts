// What every view of the console is given.
import type { Client } from '../service/client.ts';
import type { Service } from '../service/types.ts';
import type { Place } from './address.ts';
import type { Language, Say } from './texts.ts';

export interface ViewProperties {
  client: Client;
  say: Say;
  language: Language;
  /** The service's time zone. */
  zone: string;
  /** Names of what whoever looks at the page may do. */
  may: ReadonlySet<string>;
  place: Place;
  /** The service that the place names, or the next one; null where there is none. */
  service: Service | null;
  go: (place: Place) => void;
  /** Read the list of services again, after something was planned or published. */
  refresh: () => void;
}
