// Asks the service; what it refuses is thrown with the sentence that it gives for people.
import type { Basemap, Page, Problem, Routes, Service, Sites } from './types.ts';

export class Refused extends Error {
  readonly status: number;

  constructor(problem: Problem) {
    super(problem.detail);
    this.status = problem.status;
  }
}

type Fetch = typeof fetch;

export class Client {
  readonly #fetch: Fetch;

  /** `ask` is the browser's fetch, or what a test puts in its place. */
  constructor(ask: Fetch = (input, init) => fetch(input, init)) {
    this.#fetch = ask;
  }

  basemap(): Promise<Basemap> {
    return this.#get('/api/v1/basemap');
  }

  sites(): Promise<Sites> {
    return this.#get('/api/v1/sites.geojson');
  }

  /** Services of a day or later whose plan is published, by day. */
  async planned(first: string): Promise<Service[]> {
    const page = await this.#get<Page<Service>>(`/api/v1/services?limit=500&first=${first}`);
    return page.items.filter((service) => service.published_revision !== null);
  }

  routes(service: Service): Promise<Routes> {
    return this.#get(`/api/v1/services/${service.day}/${service.meal}/plan/routes.geojson`);
  }

  async #get<Answer>(path: string): Promise<Answer> {
    const response = await this.#fetch(path, { headers: { accept: 'application/json' } });
    const body: unknown = await response.json();
    if (!response.ok) throw new Refused(body as Problem);
    return body as Answer;
  }
}
