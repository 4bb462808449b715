// The outbox of the person at this browser: opened with the page, it sends what an earlier page left.
import type { Client } from '../../service/client.ts';
import { Outbox } from './outbox.ts';
import { openShelf } from './shelf.ts';

const PATIENCE = 30_000; // milliseconds

/** Open the outbox of a person, by the name of the account. */
export function openOutbox(client: Client, who: string): Outbox {
  const send = (path: string, body: unknown) => {
    const signal = AbortSignal.timeout(PATIENCE); // a connection may break without a word
    return client.send<unknown>(path, { method: 'POST', body, signal });
  };
  const shelf = openShelf(() => localStorage, who);
  const outbox = new Outbox(shelf, send, { clock: Date.now, later: setTimeout });
  addEventListener('storage', () => outbox.stirred());
  addEventListener('online', () => void outbox.hurry());
  void outbox.flush();
  return outbox;
}
