// Follows how a service goes: hears of news, and asks every while anyway, since lateness grows by itself.
import type { Progress } from './types.ts';

/** `hearing`: news come at once; `asking`: only every while; `broken`: the service does not answer. */
export type Connection = 'hearing' | 'asking' | 'broken';

export interface Live {
  /** Null until the service answered. */
  progress: Progress | null;
  connection: Connection;
  /** Why the service told nothing, in its words; null while it does. */
  problem: string | null;
}

/** What an EventSource does for us. */
export interface Stream {
  addEventListener(kind: string, hear: () => void): void;
  /** 0 connecting, 1 open, 2 closed: it will not try again by itself. */
  readonly readyState: number;
  close(): void;
}

export interface World {
  ask: () => Promise<Progress>;
  /** Opens the stream of news; null: only ask. */
  open: (() => Stream) | null;
  told: (live: Live) => void;
  /** Sentence of an error that the service meant, else null. */
  refusal: (error: unknown) => string | null;
  later: (deed: () => void, milliseconds: number) => number;
  never: (timer: number) => void;
}

export const ASK_EVERY = 20_000; // milliseconds
/** Many reports in a row are read together: so long passes between two questions at least. */
export const BETWEEN = 5_000;
/** A stream that was refused is tried again after so long. */
export const OPEN_AGAIN = 45_000;

const CLOSED = 2;

export const NOTHING: Live = { progress: null, connection: 'asking', problem: null };

export class Watcher {
  readonly #world: World;
  #live: Live = NOTHING;
  #stream: Stream | null = null;
  #timer: number | null = null;
  #opening: number | null = null;
  #asking = false;
  #resting = false;
  #wanted = false;
  #ended = false;

  constructor(world: World) {
    this.#world = world;
    this.ask();
    this.listen();
  }

  /** Ask now, or as soon as the last question is old enough. */
  ask(): void {
    if (this.#ended) return;
    if (this.#asking || this.#resting) {
      this.#wanted = true;
      return;
    }
    this.#wanted = false;
    this.#asking = this.#resting = true;
    this.#world.later(() => {
      this.#resting = false;
      this.#askIfWanted();
    }, BETWEEN);
    this.#world.ask().then(
      (progress) => this.#answered({ progress, problem: null, connection: this.#heard() }),
      (error: unknown) => {
        const problem = this.#world.refusal(error);
        this.#answered({ problem, connection: problem === null ? 'broken' : this.#heard() });
      },
    );
  }

  /** Open the stream, if there is none. */
  listen(): void {
    const open = this.#world.open;
    if (this.#ended || open === null || this.#stream !== null) return;
    if (this.#opening !== null) this.#world.never(this.#opening);
    this.#opening = null;
    const stream = open();
    this.#stream = stream;
    for (const kind of ['open', 'report', 'plan', 'reset']) stream.addEventListener(kind, () => this.ask());
    stream.addEventListener('error', () => {
      if (stream !== this.#stream) return;
      if (stream.readyState === CLOSED) {
        this.deafen();
        this.#opening = this.#world.later(() => this.listen(), OPEN_AGAIN);
      }
      this.#tell({ connection: this.#heard() });
    });
  }

  /** Close the stream; asking goes on. */
  deafen(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  end(): void {
    this.#ended = true;
    this.deafen();
    for (const timer of [this.#timer, this.#opening]) if (timer !== null) this.#world.never(timer);
  }

  #answered(live: Partial<Live>): void {
    if (this.#ended) return;
    this.#asking = false;
    if (this.#timer !== null) this.#world.never(this.#timer);
    this.#timer = this.#world.later(() => this.ask(), ASK_EVERY);
    this.#tell(live);
    this.#askIfWanted();
  }

  #askIfWanted(): void {
    if (this.#wanted && !this.#asking && !this.#resting) this.ask();
  }

  #heard(): Connection {
    return this.#stream?.readyState === 1 ? 'hearing' : 'asking';
  }

  #tell(live: Partial<Live>): void {
    if (this.#ended) return;
    this.#live = { ...this.#live, ...live };
    this.#world.told(this.#live);
  }
}

/** Return what changes whenever something came: lists that are shown are then read again. */
export function newsOf({ progress }: Live): string {
  return progress === null ? '' : `${progress.revision ?? 0}/${progress.newest_event}`;
}
