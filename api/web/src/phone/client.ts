// Asks the service for one courier's duty. Three ways to fail: later, never, and "this has ended".
import type { Basemap } from '../service/types.ts';
import type { Entry, Sent, ServiceKey } from './queue.ts';
import type { Answer, Duty, DutyNow, Leg, Report } from './types.ts';
import type { Language } from './texts.ts';

/** The service did not answer, or said "later": nothing is known of what was asked. */
export class Unreachable extends Error {}

/** The link opens nothing any more; the message says why. */
export class Ended extends Error {}

/** The service will not do it; the message is its sentence. */
export class Refused extends Error {}

const PATIENCE = 20_000;

export class Client {
  readonly #secret: string;
  readonly #language: () => Language;
  readonly #ask: typeof fetch;

  /** `ask` is the browser's fetch, or what a test puts in its place. */
  constructor(
    secret: string,
    language: () => Language,
    ask: typeof fetch = (input, init) => fetch(input, init),
  ) {
    this.#secret = secret;
    this.#language = language;
    this.#ask = ask;
  }

  duty(): Promise<Duty> {
    return this.#json('/duty');
  }

  now(): Promise<DutyNow> {
    return this.#json('/duty/now');
  }

  async way(trip: number): Promise<Leg[]> {
    return (await this.#json<{ legs: Leg[] }>(`/duty/trips/${trip}/way`)).legs;
  }

  /** What is under the map; null where none was made. */
  async basemap(): Promise<Basemap | null> {
    try {
      return await this.#json<Basemap>('/basemap');
    } catch (error) {
      if (error instanceof Refused || error instanceof Unreachable) return null;
      throw error;
    }
  }

  /** Headers that let the map fetch its background. */
  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#secret}` };
  }

  /** Where something of the service is, in the reader's language. */
  address(path: string): string {
    return `/api/v1${path}${path.includes('?') ? '&' : '?'}lang=${this.#language()}`;
  }

  /** Send a batch of one service and tell what came of it; never throws for the network. */
  async send(service: ServiceKey, batch: readonly Entry[]): Promise<Sent> {
    const [first] = batch;
    try {
      const answers = first?.photo
        ? [await this.#photo(service, first.report, first.photo)]
        : await this.#reports(service, batch);
      return { kind: 'answered', answers };
    } catch (error) {
      if (error instanceof Unreachable) return { kind: 'unreachable' };
      if (error instanceof Refused || error instanceof Ended) {
        return { kind: 'rejected', message: error.message };
      }
      throw error;
    }
  }

  async #reports(service: ServiceKey, batch: readonly Entry[]): Promise<Answer[]> {
    const { answers } = await this.#json<{ answers: Answer[] }>('/duty/reports', {
      method: 'POST',
      body: JSON.stringify({
        day: service.day,
        meal: service.meal,
        sent_at: new Date().toISOString(),
        reports: batch.map((entry) => entry.report),
      }),
      headers: { 'content-type': 'application/json' },
    });
    return answers;
  }

  #photo(service: ServiceKey, report: Report, photo: ArrayBuffer): Promise<Answer> {
    const body = new FormData();
    const { id, order, at } = report;
    const sent_at = new Date().toISOString();
    const fields = { day: service.day, meal: service.meal, id, order: String(order), at, sent_at };
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('photo', new Blob([photo], { type: 'image/jpeg' }), 'photo.jpg');
    return this.#json('/duty/photos', { method: 'POST', body });
  }

  async #json<Body>(path: string, init: RequestInit = {}): Promise<Body> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await this.#ask(this.address(path), {
        ...init,
        headers: { accept: 'application/json', ...this.headers, ...init.headers },
        credentials: 'omit',
        signal: stop.signal,
      });
      const body: unknown = await response.json();
      if (response.ok) return body as Body;
      throw refusal(response.status, (body as { detail?: string }).detail ?? '');
    } catch (error) {
      if (error instanceof Refused || error instanceof Ended) throw error;
      throw new Unreachable(String(error)); // no network, no answer in time, or not from the service
    } finally {
      clearTimeout(timer);
    }
  }
}

function refusal(status: number, sentence: string): Error {
  if (status === 410 || status === 401) return new Ended(sentence);
  const later = status >= 500 || status === 408 || status === 425 || status === 429;
  return later ? new Unreachable(sentence) : new Refused(sentence);
}
