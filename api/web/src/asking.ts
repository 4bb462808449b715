// Asks one question at a time: the newest wins, and one that a lost connection swallowed is asked again.
import { Refused } from './service/client.ts';

export interface Told<Question, Answer> {
  asking: (question: Question) => void;
  answered: (question: Question, answer: Answer) => void;
  /** The service said no, and why; it is not asked again. */
  refused: (question: Question, reason: string) => void;
  /** No answer came; it is asked again, unless a newer question is. */
  lost: (question: Question) => void;
}

/** Runs something later, and returns how to call it off. */
export type Timer = (run: () => void, milliseconds: number) => () => void;

const AGAIN_AFTER = 3000;

const onClock: Timer = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

export class Latest<Question, Answer> {
  readonly #ask: (question: Question) => Promise<Answer>;
  readonly #told: Told<Question, Answer>;
  readonly #later: Timer;
  #next: { question: Question } | null = null;
  #busy = false;
  #callOff: () => void = () => undefined;

  /** `later` is the clock, or what a test puts in its place. */
  constructor(
    ask: (question: Question) => Promise<Answer>,
    told: Told<Question, Answer>,
    later: Timer = onClock,
  ) {
    this.#ask = ask;
    this.#told = told;
    this.#later = later;
  }

  /** Ask this as soon as nothing else is asked, in place of what was still waiting. */
  want(question: Question): void {
    this.#next = { question };
    this.#told.asking(question);
    this.hurry();
  }

  /** Ask now what waits, because the connection may be back. */
  hurry(): void {
    this.#callOff();
    if (!this.#busy) void this.#go();
  }

  /** Forget what waits. */
  stop(): void {
    this.#callOff();
    this.#next = null;
  }

  async #go(): Promise<void> {
    while (this.#next !== null) {
      const { question } = this.#next;
      this.#next = null;
      this.#busy = true;
      const heard = await this.#try(question);
      this.#busy = false;
      if (!heard) {
        this.#callOff = this.#later(() => this.hurry(), AGAIN_AFTER);
        return;
      }
    }
  }

  /** Return whether the service said anything. */
  async #try(question: Question): Promise<boolean> {
    try {
      this.#told.answered(question, await this.#ask(question));
    } catch (error) {
      if (!(error instanceof Refused)) {
        this.#next ??= { question };
        this.#told.lost(question);
        return false;
      }
      this.#told.refused(question, error.message);
    }
    return true;
  }
}
