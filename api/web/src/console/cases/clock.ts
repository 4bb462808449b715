// The clock of "nobody opens": how long a case runs, what is due when, and what is loud.
import type { Case } from '../../service/delivery.ts';

/** A case as the clock shows it at a moment. */
export interface Reading {
  /** Seconds since the door stayed shut. */
  running: number;
  /** Seconds until what is due next is overdue, negative: it is; null: nothing is due. */
  left: number | null;
  overdue: boolean;
}

/** Read the clock of a case at a moment (milliseconds since 1970, by the service's clock). */
export function readingOf(one: Case, now: number): Reading {
  const running = Math.max(0, seconds(now - Date.parse(one.opened_at)));
  if (!one.open || one.due_at === null) return { running, left: null, overdue: false };
  const left = seconds(Date.parse(one.due_at) - now);
  return { running, left, overdue: left < 0 };
}

/** Return seconds as a running clock shows them: "7:05", "1:02:03". */
export function runningText(seconds: number): string {
  const whole = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const ending = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${ending}` : `${minutes}:${ending}`;
}

/** Return open cases, those first that are due first; where nothing is due, the oldest first. */
export function openCases(cases: readonly Case[]): Case[] {
  const due = (one: Case) => (one.due_at === null ? Infinity : Date.parse(one.due_at));
  return cases
    .filter((one) => one.open)
    .sort((one, other) => {
      const [first, second] = [due(one), due(other)];
      return first === second ? Date.parse(one.opened_at) - Date.parse(other.opened_at) : first - second;
    });
}

/** Return closed cases, the last closed first. */
export function closedCases(cases: readonly Case[]): Case[] {
  const at = (one: Case) => Date.parse(one.closing?.at ?? one.opened_at);
  return cases.filter((one) => !one.open).sort((one, other) => at(other) - at(one));
}

/** Return what tells a case from every other: a door that stays shut again is a new case. */
export function keyOf(one: Case): string {
  return `${one.door.order}/${one.opened_at}`;
}

/** What is overdue, one name for each case and step, so that each is announced once. */
export function overdueOf(cases: readonly Case[], now: number): { name: string; about: Case }[] {
  return openCases(cases)
    .filter((one) => readingOf(one, now).overdue)
    .map((one) => ({ name: `${keyOf(one)}/${one.next_step ?? 'close'}`, about: one }));
}

/**
 * The service's clock as this page knows it. It runs by the browser's steady clock, so a computer
 * whose clock is wrong, or is set meanwhile, shows the same time as the service.
 */
export class ServiceClock {
  readonly #steady: () => number;
  #told: { now: number; at: number } | null = null;

  /** `steady` returns milliseconds that only ever grow, as performance.now does. */
  constructor(steady: () => number) {
    this.#steady = steady;
  }

  /** The service said what time it is. */
  set(now: string): void {
    this.#told = { now: Date.parse(now), at: this.#steady() };
  }

  /** Milliseconds since 1970; null while the service has said nothing. */
  now(): number | null {
    return this.#told && this.#told.now + (this.#steady() - this.#told.at);
  }
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
