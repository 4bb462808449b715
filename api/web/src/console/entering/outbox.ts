// What somebody entered and the service has not answered: kept in the browser, sent one by one in
// order, again and again until there is an answer. Each carries an id, so nothing counts twice.
import { Refused } from '../../service/client.ts';
import type { Key } from '../texts.ts';
import type { Shelf } from './shelf.ts';

/** Something to be said in the reader's language. */
export interface Words {
  key: Key;
  values?: Record<string, string | number>;
}

/** Something entered. */
export interface Given {
  /** The id that its body carries. */
  id: string;
  path: string;
  body: unknown;
  /** What it is, without names: the browser may keep it for long. */
  what: Words;
  /** What it is about, so that the place where it was entered finds it: "case/412". */
  about: string;
  /** Name on the shelf of a draft that is done with when this is kept. */
  draft?: string;
}

export interface Unsent extends Given {
  place: number;
  state: 'waiting' | 'refused';
  /** What the service said, in its own words. */
  message: string | null;
}

/** What became of something entered; either way it is in the outbox no more. */
export type Settled = { state: 'kept'; answer: unknown } | { state: 'refused'; message: string };

export interface Surroundings {
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Call something after so many milliseconds. */
  later: (work: () => void, milliseconds: number) => void;
}

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const PREFIX = 'unsent/';

/** Answers that say nothing about what was sent: sign in again, load the page again, come later. */
const LATER: ReadonlySet<number> = new Set([401, 403, 408, 425, 429]);

export class Outbox {
  readonly shelf: Shelf;
  readonly #send: (path: string, body: unknown) => Promise<unknown>;
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #waiters = new Map<string, (settled: Settled) => void>();
  #failures = 0;
  #notBefore = 0;
  #running: Promise<void> | null = null;

  constructor(
    shelf: Shelf,
    send: (path: string, body: unknown) => Promise<unknown>,
    around: Surroundings,
  ) {
    this.shelf = shelf;
    this.#send = send;
    this.#around = around;
  }

  /** How often in a row sending failed. */
  get failures(): number {
    return this.#failures;
  }

  /** All that is not answered, and refusals that nobody has read, oldest first. */
  entries(): Unsent[] {
    const kept = this.shelf.names(PREFIX).map((name) => this.shelf.read<Unsent>(name));
    return kept.filter((one) => one !== null).sort((one, other) => one.place - other.place);
  }

  /** Keep something and send it; the answer comes when there is one, however late. */
  submit(given: Given): Promise<Settled> {
    const last = this.entries().at(-1)?.place ?? 0;
    const place = Math.max(this.#around.clock(), last + 1);
    this.#write({ ...given, place, state: 'waiting', message: null });
    const settled = new Promise<Settled>((resolve) => this.#waiters.set(given.id, resolve));
    void this.flush();
    return settled;
  }

  /** Whoever waited for an answer has gone: a refusal then stays to be read. */
  leave(id: string): void {
    this.#waiters.delete(id);
  }

  /** Forget an entry: its refusal was read, or it is given up. */
  drop(id: string): void {
    this.shelf.remove(PREFIX + id);
    this.#waiters.delete(id);
    this.#tell();
  }

  /** Send what waits, unless the pause after a failure lasts; one run at a time. */
  flush(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Send at once: the network is back, or somebody asks for it. */
  hurry(): Promise<void> {
    this.#notBefore = 0;
    return this.flush();
  }

  /** Another page of this browser sent or kept something. */
  stirred(): void {
    this.#tell();
  }

  /** Be told of every change; returns how to end it. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  async #run(): Promise<void> {
    for (;;) {
      const next = this.entries().find((one) => one.state === 'waiting');
      if (next === undefined) return;
      const pause = this.#notBefore - this.#around.clock();
      if (pause > 0) {
        this.#around.later(() => void this.flush(), pause);
        return;
      }
      await this.#attempt(next);
    }
  }

  async #attempt(entry: Unsent): Promise<void> {
    try {
      this.#settle(entry, { state: 'kept', answer: await this.#send(entry.path, entry.body) });
    } catch (error) {
      if (error instanceof Refused && error.status < 500 && !LATER.has(error.status)) {
        this.#settle(entry, { state: 'refused', message: error.message });
      } else {
        this.#postpone(entry, error instanceof Refused ? error.message : null);
      }
    }
  }

  #settle(entry: Unsent, settled: Settled): void {
    this.#failures = 0;
    this.#notBefore = 0;
    const told = this.#waiters.get(entry.id);
    this.#waiters.delete(entry.id);
    if (settled.state === 'refused' && told === undefined) {
      this.#write({ ...entry, state: 'refused', message: settled.message });
      return;
    }
    this.shelf.remove(PREFIX + entry.id);
    if (settled.state === 'kept' && entry.draft !== undefined) this.shelf.remove(entry.draft);
    told?.(settled);
    this.#tell();
  }

  /** Pauses double from two seconds to a minute. */
  #postpone(entry: Unsent, message: string | null): void {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures);
    this.#failures += 1;
    this.#notBefore = this.#around.clock() + pause;
    // Given up meanwhile, or sent by another page of this browser: it does not come back.
    if (this.shelf.read(PREFIX + entry.id) !== null) this.#write({ ...entry, message });
  }

  #write(entry: Unsent): void {
    this.shelf.write(PREFIX + entry.id, entry);
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#listeners) changed();
  }
}
