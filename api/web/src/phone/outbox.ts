// Sends a link's reports: one batch at a time from the front of the queue, until none is waiting.
import type { Client } from './client.ts';
import { type Entry, nextBatch, type Pace, paceAfter, READY, type Sent, settled } from './queue.ts';
import type { Storage } from './storage.ts';

export interface Surroundings {
  /** Milliseconds since 1970. */
  clock: () => number;
  /** A number from 0 to 1, to spread phones that lost the same network. */
  chance: () => number;
  /** Call something after so many milliseconds. */
  later: (work: () => void, milliseconds: number) => void;
}

export class Outbox {
  readonly #link: string;
  readonly #client: Pick<Client, 'send'>;
  readonly #storage: Storage;
  readonly #around: Surroundings;
  readonly #changed: (entries: Entry[], reached: boolean) => void;
  #pace: Pace = READY;
  #sending: Promise<void> | null = null;

  /** `changed` is told all reports after each batch, and whether the service answered. */
  constructor(
    link: string,
    client: Pick<Client, 'send'>,
    storage: Storage,
    around: Surroundings,
    changed: (entries: Entry[], reached: boolean) => void,
  ) {
    this.#link = link;
    this.#client = client;
    this.#storage = storage;
    this.#around = around;
    this.#changed = changed;
  }

  /** Send what is waiting, unless the pause after a failure lasts; one run at a time. */
  flush(): Promise<void> {
    this.#sending ??= this.#run().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** Send at once: the network is back. */
  hurry(): Promise<void> {
    this.#pace = { ...this.#pace, notBefore: 0 };
    return this.flush();
  }

  async #run(): Promise<void> {
    while (this.#around.clock() >= this.#pace.notBefore) {
      // Read again each time: another page of the same link may have sent or made some.
      const batch = nextBatch(await this.#storage.entries(this.#link), this.#pace);
      const first = batch[0];
      if (first === undefined) return;
      const sent = await this.#client.send(first.service, batch);
      await this.#keep(batch, sent);
    }
    const pause = Math.max(0, this.#pace.notBefore - this.#around.clock());
    this.#around.later(() => void this.flush(), pause);
  }

  async #keep(batch: readonly Entry[], sent: Sent): Promise<void> {
    await this.#storage.change(this.#link, settled(batch, sent));
    const now = this.#around.clock();
    this.#pace = paceAfter(this.#pace, batch, sent, now, this.#around.chance());
    this.#changed(await this.#storage.entries(this.#link), sent.kind !== 'unreachable');
  }
}
