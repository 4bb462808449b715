// Asks the service; what it refuses is thrown with the sentence that it gives for people.
import type { Place } from './places.ts';
import type { Content, Scenario } from './scenarios.ts';
import type { MapSet, Trial } from './siting.ts';
import type { Basemap, FieldProblem, Page, Problem, Routes, Service, Sites } from './types.ts';

export class Refused extends Error {
  readonly status: number;
  /** The fields that are wrong, where the service names them. */
  readonly fields: readonly FieldProblem[];

  constructor(problem: Problem) {
    super(problem.detail);
    this.status = problem.status;
    this.fields = problem.errors ?? [];
  }
}

type Fetch = typeof fetch;

const SCENARIOS = '/api/v1/siting/scenarios';
const PATIENCE = 30_000; // milliseconds

/** Which coverage is asked for. */
export interface Asked {
  content: Content;
  population: string | null;
  boundaries: string | null;
}

/** How something is changed. */
export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Sent {
  method: Method;
  body?: unknown;
  signal?: AbortSignal;
}

export class Client {
  readonly #fetch: Fetch;
  readonly #proof: string;

  /** `ask` is the browser's fetch, or what a test puts in its place; `proof` says changes are ours. */
  constructor(ask: Fetch = (input, init) => fetch(input, init), proof = '') {
    this.#fetch = ask;
    this.#proof = proof;
  }

  basemap(): Promise<Basemap> {
    return this.get('/api/v1/basemap');
  }

  sites(): Promise<Sites> {
    return this.get('/api/v1/sites.geojson');
  }

  /** Services of a day or later whose plan is published, by day. */
  async planned(first: string): Promise<Service[]> {
    const page = await this.get<Page<Service>>(`/api/v1/services?limit=500&first=${first}`);
    return page.items.filter((service) => service.published_revision !== null);
  }

  routes(service: Service): Promise<Routes> {
    return this.get(`/api/v1/services/${service.day}/${service.meal}/plan/routes.geojson`);
  }

  /** What changes would come to, and the catchment of one site; nothing is kept. */
  tryOut(question: Asked & { site: string | null }): Promise<Trial> {
    return this.#try('', question);
  }

  /** A layer of the coverage that changes would come to. */
  coverageLayer(layer: string, asked: Asked): Promise<GeoJSON.FeatureCollection> {
    return this.#try(`/layers/${layer}.geojson`, asked);
  }

  mapSets(): Promise<MapSet[]> {
    return this.get('/api/v1/siting/maps');
  }

  scenario(number: number): Promise<Scenario> {
    return this.get(`${SCENARIOS}/${number}`);
  }

  saveNew(name: string, content: Content): Promise<Scenario> {
    return this.send(SCENARIOS, { method: 'POST', body: { name, content } });
  }

  /** Save a next version, made from the given one; 409 where somebody else saved one meanwhile. */
  saveVersion(number: number, version: number, content: Content): Promise<Scenario> {
    return this.send(`${SCENARIOS}/${number}`, { method: 'PATCH', body: { version, content } });
  }

  #try<Answer>(path: string, body: object): Promise<Answer> {
    const signal = AbortSignal.timeout(PATIENCE); // a connection may break without a word
    return this.send(`/api/v1/siting/trial${path}`, { method: 'POST', body, signal });
  }

  /** Places that fit a name or an address, the best first. */
  places(query: string): Promise<{ places: Place[] }> {
    return this.get(`/api/v1/places?q=${encodeURIComponent(query)}`);
  }

  /** Read an address of the API. */
  get<Answer>(path: string): Promise<Answer> {
    return this.#ask(path, {});
  }

  /** Send a change, as JSON or as a form; null where the service answers nothing. */
  send<Answer>(path: string, { method, body, signal }: Sent): Promise<Answer> {
    const form = body instanceof FormData;
    return this.#ask(path, {
      method,
      headers: {
        'x-csrf-token': this.#proof,
        ...(form || body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  }

  /** Send a form whose answer is a file; `told` is a header of the answer. */
  async sendForFile(path: string, body: FormData, told: string): Promise<{ file: Blob; told: string | null }> {
    const headers = { accept: 'application/json', 'x-csrf-token': this.#proof };
    const response = await this.#fetch(path, { method: 'POST', body, headers });
    if (!response.ok) throw new Refused((await response.json()) as Problem);
    return { file: await response.blob(), told: response.headers.get(told) };
  }

  async #ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const headers = { accept: 'application/json', ...init.headers };
    const response = await this.#fetch(path, { ...init, headers });
    const body: unknown = response.status === 204 ? null : await response.json();
    if (!response.ok) throw new Refused(body as Problem);
    return body as Answer;
  }
}
