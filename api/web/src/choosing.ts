// The search for best sites: what a planner wishes, the candidates drawn or read, the job and its answer.
import type { BestJob, CandidateFile, Goal, ReadSpot, Spot, Wish } from './service/planning.ts';
import type { Position, SiteKind } from './service/types.ts';
import type { Event } from './state.ts';
import type { Key } from './texts.ts';

export const SOURCES = ['hexagons', 'streets', 'meal_points', 'drawn', 'file'] as const;
export type Source = (typeof SOURCES)[number];

/** The form as it is filled in; figures are texts until they are sent. */
export interface Form {
  name: string;
  /** Scenario that the new one continues; null is the present. */
  base: number | null;
  goal: Goal;
  sites: string;
  percent: string;
  source: Source;
  grid: string;
  kind: SiteKind;
  capacity: string;
  cost: string;
  budget: string;
  apartMinutes: string;
  /** What one person counts, by grouping and key. */
  weights: Record<string, Record<string, string>>;
  seconds: string;
}

export interface Choosing {
  form: Form;
  /** Clicks on the map add candidates. */
  drawing: boolean;
  drawn: Spot[];
  read: { name: string; file: CandidateFile } | null;
  reading: string | null;
  job: BestJob | null;
  trouble: string | null;
  stopping: boolean;
}

export type ChoosingEvent =
  | { type: 'wish'; form: Partial<Form> }
  | { type: 'weigh'; grouping: string; key: string; weight: string }
  | { type: 'draw candidates'; on: boolean }
  | { type: 'add candidate'; at: Position; name: string }
  | { type: 'edit candidate'; place: number; spot: Partial<Spot> }
  | { type: 'drop candidate'; place: number }
  | { type: 'read candidates'; name: string; file: CandidateFile }
  | { type: 'candidates trouble'; reason: string }
  | { type: 'best job'; job: BestJob }
  | { type: 'best trouble'; reason: string }
  | { type: 'best stopping' };

export const EMPTY_FORM: Form = {
  name: '',
  base: null,
  goal: 'most_covered',
  sites: '3',
  percent: '80',
  source: 'hexagons',
  grid: '300',
  kind: 'canteen',
  capacity: '',
  cost: '',
  budget: '',
  apartMinutes: '',
  weights: {},
  seconds: '60',
};

export const NOT_CHOOSING: Choosing = {
  form: EMPTY_FORM,
  drawing: false,
  drawn: [],
  read: null,
  reading: null,
  job: null,
  trouble: null,
  stopping: false,
};

/** Return the search after an event. */
export function nextChoosing(choosing: Choosing, event: Event): Choosing {
  switch (event.type) {
    case 'wish':
      return { ...choosing, form: { ...choosing.form, ...event.form } };
    case 'weigh': {
      const { grouping, key, weight } = event;
      const group = { ...choosing.form.weights[grouping], [key]: weight };
      const weights = { ...choosing.form.weights, [grouping]: group };
      return { ...choosing, form: { ...choosing.form, weights } };
    }
    case 'draw candidates':
      return { ...choosing, drawing: event.on };
    case 'take tool':
    case 'take site':
      return { ...choosing, drawing: false }; // the next click is for a site
    case 'add candidate': {
      const [lon, lat] = event.at;
      const spot = { name: event.name, lon, lat, cost: null, capacity: null };
      return { ...choosing, drawn: [...choosing.drawn, spot] };
    }
    case 'edit candidate': {
      const spot = choosing.drawn[event.place];
      if (spot === undefined) return choosing;
      return { ...choosing, drawn: choosing.drawn.with(event.place, { ...spot, ...event.spot }) };
    }
    case 'drop candidate':
      return { ...choosing, drawn: choosing.drawn.toSpliced(event.place, 1) };
    case 'read candidates':
      return { ...choosing, read: { name: event.name, file: event.file }, reading: null };
    case 'candidates trouble':
      return { ...choosing, read: null, reading: event.reason };
    case 'best job':
      return { ...choosing, job: event.job, trouble: event.job.error, stopping: false };
    case 'best trouble':
      return { ...choosing, trouble: event.reason, stopping: false };
    case 'best stopping':
      return { ...choosing, stopping: true };
    default:
      return choosing;
  }
}

/** Return the candidates that the form gives; none where the service finds them. */
export function candidatesOf({ form, drawn, read }: Choosing): Spot[] {
  if (form.source === 'drawn') return drawn;
  if (form.source !== 'file' || read === null) return [];
  return read.file.candidates.map(spotOf);
}

function spotOf({ name, lon, lat, cost, capacity }: ReadSpot): Spot {
  return { name, lon, lat, cost, capacity };
}

/** A field that cannot be used, and why. */
export interface Mistake {
  field: keyof Form;
  says: Key;
  values?: Record<string, string | number>;
}

/** Return what is wrong with the form; the first is told. */
export function mistakesOf(choosing: Choosing): Mistake[] {
  const { form } = choosing;
  const candidates = candidatesOf(choosing);
  const given = form.source === 'drawn' || form.source === 'file';
  const wrong: (Mistake | false)[] = [
    form.name.trim() === '' && { field: 'name', says: 'wish_name_missing' },
    form.goal !== 'fewest' && !whole(form.sites, 1, 50) && { field: 'sites', says: 'wish_sites_wrong' },
    form.goal === 'fewest' && !within(form.percent, 0.1, 100) && { field: 'percent', says: 'wish_share_wrong' },
    given && candidates.length === 0 && { field: 'source', says: 'wish_no_candidates' },
    form.goal !== 'fewest' && candidates.length > 0 && Number(form.sites) > candidates.length && {
      field: 'sites', says: 'wish_too_many', values: { sites: form.sites, count: candidates.length },
    },
    !given && form.source !== 'meal_points' && !within(form.grid, 100, 5000) && { field: 'grid', says: 'wish_grid_wrong' },
    !whole(form.capacity, 0, 100_000, true) && { field: 'capacity', says: 'wish_capacity_wrong' },
    !within(form.cost, 0, 1e12, true) && { field: 'cost', says: 'wish_cost_wrong' },
    !within(form.budget, 0, 1e12, true) && { field: 'budget', says: 'wish_cost_wrong' },
    form.budget !== '' && form.cost === '' && (candidates.length === 0 || candidates.some(({ cost }) => cost === null)) && {
      field: 'cost', says: 'wish_cost_missing',
    },
    !within(form.apartMinutes, 0.1, 60, true) && { field: 'apartMinutes', says: 'wish_apart_wrong' },
    Object.values(form.weights).some((group) => Object.values(group).some((weight) => !within(weight, 0, 100, true))) && {
      field: 'weights', says: 'wish_weight_wrong',
    },
    !within(form.seconds, 1, 600) && { field: 'seconds', says: 'wish_seconds_wrong' },
  ]; // prettier-ignore
  return wrong.filter((one): one is Mistake => one !== false);
}

/** Return the wish as the service takes it, from a form without mistakes. */
export function wishOf(choosing: Choosing): Wish {
  const { form } = choosing;
  const minutes = figure(form.apartMinutes);
  const generated = form.source === 'drawn' || form.source === 'file' ? null : form.source;
  return {
    goal: form.goal,
    ...(form.goal === 'fewest' ? { share: Number(form.percent) / 100 } : { sites: Number(form.sites) }),
    ...(generated === null
      ? { candidates: candidatesOf(choosing) }
      : { source: generated, grid_metres: figure(form.grid) ?? 300 }),
    kind: form.kind,
    capacity: figure(form.capacity),
    cost: figure(form.cost),
    budget: figure(form.budget),
    apart_seconds: minutes === null ? null : Math.round(minutes * 60),
    weights: weightsOf(form),
    seconds: Number(form.seconds),
  };
}

/** Return the weights that say something: other than one. */
function weightsOf({ weights }: Form): Wish['weights'] {
  const told: Wish['weights'] = {};
  for (const [grouping, group] of Object.entries(weights))
    for (const [key, text] of Object.entries(group)) {
      const weight = figure(text);
      if (weight !== null && weight !== 1) told[grouping] = { ...told[grouping], [key]: weight };
    }
  return told;
}

/** Return a text as a figure; null where it is empty. */
export function figure(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

function within(text: string, least: number, most: number, empty = false): boolean {
  const value = figure(text);
  return value === null ? empty : value >= least && value <= most;
}

function whole(text: string, least: number, most: number, empty = false): boolean {
  return within(text, least, most, empty) && Number.isInteger(Number(text));
}
