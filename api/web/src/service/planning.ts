// Asks the service for what planners work out: scenarios, comparisons, best sites, delivery effects.
import type { Client } from './client.ts';
import type { Content, Scenario } from './scenarios.ts';
import type { Comparison, Count, Share } from './siting.ts';
import type { Meal, Page, SiteKind } from './types.ts';

export interface Version {
  version: number;
  at: string;
  by: string;
  name: string;
  content: Content;
}

export const GOALS = ['most_covered', 'fewest', 'least_mean_walk'] as const;
export type Goal = (typeof GOALS)[number];

/** A place where a site could come. */
export interface Spot {
  name: string | null;
  lon: number;
  lat: number;
  cost: number | null;
  capacity: number | null;
}

/** A candidate of a file; `reason` says why nobody can walk there. */
export interface ReadSpot extends Spot {
  reason: string | null;
}

export interface CandidateFile {
  candidates: ReadSpot[];
  findings: { row: number | null; kept: boolean; text: string }[];
}

export interface Wish {
  goal: Goal;
  sites?: number;
  share?: number;
  candidates?: Spot[];
  source?: 'hexagons' | 'streets' | 'meal_points';
  grid_metres?: number;
  kind: SiteKind;
  capacity: number | null;
  cost: number | null;
  budget: number | null;
  apart_seconds: number | null;
  weights: Record<string, Record<string, number>>;
  seconds: number;
}

/** A sentence that is kept in both languages. */
export interface Told {
  zh: string;
  en: string;
}

/** A choice of so many new sites; the objective is people, sites or seconds. */
export interface Step {
  sites: number;
  covered: Count;
  share: Share;
  objective: Count;
  bound: Count;
  gap: number;
  gap_of_change: number;
  cost: number | null;
}

export interface NotChosen {
  name: string;
  lon: number;
  lat: number;
  cost: number | null;
  loss: Count | null;
  instead_of: string | null;
  adds: Count | null;
  within: Count;
  served_by: { site: string; people: Count }[];
  too_near: string[];
}

export interface BestSites extends Step {
  goal: Goal;
  candidates: number;
  circle_seconds: number;
  weighted: boolean;
  wanted_share: number | null;
  budget: number | null;
  before: Count | null;
  curve: Step[];
  chosen: (Spot & { site: string })[];
  not_chosen: NotChosen[];
  left_out: { count: number; first: (Told & { number: number; name: string | null })[] };
  notes: Told[];
}

export interface DeliveryFigures {
  orders: number;
  portions: number;
  served_portions: number;
  unserved_orders: number;
  circle_share: number;
  couriers: number;
  couriers_on_shift: number;
  trips: number;
  travel_seconds: number;
  cost: number;
  bound: number | null;
  gap: number | null;
  seconds: number;
}

export interface Effect {
  day: string;
  meal: Meal;
  version: number;
  before: DeliveryFigures;
  after: DeliveryFigures;
  difference: Partial<Record<keyof DeliveryFigures, number>>;
  notes: Told[];
}

/** What a job worked out for a scenario. */
export type Kept = { id: number; version: number; made_at: string; made_by: string } & (
  | { kind: 'best_sites'; result: BestSites }
  | { kind: 'effect'; result: Effect }
);

/** A piece of background work; `outcome` is what came of it. */
export interface Job<Outcome> {
  id: number;
  state: 'queued' | 'running' | 'succeeded' | 'failed';
  progress: number;
  phase: string;
  outcome: Outcome;
  error: string | null;
}

export type BestJob = Job<BestSites & { scenario: number }>;
export type EffectJob = Job<Effect>;

const SITING = '/api/v1/siting';

export class Planning {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async scenarios(): Promise<Scenario[]> {
    return (await this.#client.get<Page<Scenario>>(`${SITING}/scenarios?limit=500`)).items;
  }

  scenario(number: number): Promise<Scenario> {
    return this.#client.get(`${SITING}/scenarios/${number}`);
  }

  /** Save a new scenario. */
  create(name: string, content: Content): Promise<Scenario> {
    return this.#client.send(`${SITING}/scenarios`, { method: 'POST', body: { name, content } });
  }

  rename({ id, version }: Scenario, name: string): Promise<Scenario> {
    const body = { version, name };
    return this.#client.send(`${SITING}/scenarios/${id}`, { method: 'PATCH', body });
  }

  copy({ id }: Scenario, name: string): Promise<Scenario> {
    return this.#client.send(`${SITING}/scenarios/${id}/copy`, { method: 'POST', body: { name } });
  }

  remove({ id }: Scenario): Promise<null> {
    return this.#client.send(`${SITING}/scenarios/${id}`, { method: 'DELETE' });
  }

  versions(number: number): Promise<Version[]> {
    return this.#client.get(`${SITING}/scenarios/${number}/versions`);
  }

  results(number: number): Promise<Kept[]> {
    return this.#client.get(`${SITING}/scenarios/${number}/results`);
  }

  /** Two scenarios side by side; null is the present. */
  compare(before: number | null, after: number | null, whom: Asked): Promise<Comparison> {
    return this.#client.get(`${SITING}/comparison?${query({ before, scenario: after, ...whom })}`);
  }

  layer(layer: string, scenario: number | null, whom: Asked): Promise<GeoJSON.FeatureCollection> {
    return this.#client.get(`${SITING}/layers/${layer}.geojson?${query({ scenario, ...whom })}`);
  }

  /** Read a file of candidates. */
  candidates(file: File, crs: string): Promise<CandidateFile> {
    const body = new FormData();
    body.append('file', file);
    if (crs) body.append('crs', crs);
    return this.#client.send(`${SITING}/candidates`, { method: 'POST', body });
  }

  chooseSites(
    name: string,
    wish: Wish,
    scenario: number | null,
    population: string | null,
  ): Promise<BestJob> {
    const body = { name, wish, scenario, population };
    return this.#client.send(`${SITING}/best-sites`, { method: 'POST', body });
  }

  workOutEffect(
    number: number,
    day: string,
    meal: Meal,
    seconds: number | null,
  ): Promise<EffectJob> {
    const body = { day, meal, seconds };
    return this.#client.send(`${SITING}/scenarios/${number}/effect`, { method: 'POST', body });
  }

  job<Outcome>(number: number): Promise<Job<Outcome>> {
    return this.#client.get(`/api/v1/jobs/${number}`);
  }

  stop(number: number): Promise<Job<unknown>> {
    return this.#client.send(`${SITING}/jobs/${number}`, { method: 'DELETE' });
  }
}

/** Of whom coverage is asked; null for the roster's elders and the newest areas. */
export interface Asked {
  population: string | null;
  boundaries: string | null;
}

function query(values: Record<string, string | number | null>): string {
  const said = Object.entries(values).filter((pair): pair is [string, string | number] => pair[1] !== null);
  return new URLSearchParams(said.map(([key, value]) => [key, String(value)])).toString();
}
