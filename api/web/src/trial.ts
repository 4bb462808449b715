// What the working scenario comes to: the question that was asked last, and the last answer.
import type { Content } from './service/scenarios.ts';
import type { MapSet, SiteFigures, Trial } from './service/siting.ts';
import type { Event } from './state.ts';

export interface Whom {
  /** Name of an imported population; null for the roster's elders. */
  population: string | null;
  /** Name of imported areas; null for the newest. */
  boundaries: string | null;
}

export interface Question extends Whom {
  content: Content;
  /** Code of the site whose catchment is wanted. */
  site: string | null;
  /** Questions before something else was opened have another one. */
  thread: number;
}

export interface Trying extends Whom {
  /** Imported areas and populations; null while they are not known. */
  sets: MapSet[] | null;
  thread: number;
  asked: Question | null;
  answered: Question | null;
  trial: Trial | null;
  /** No answer came to what was asked: the connection broke, or the service said why not. */
  trouble: { lost: true } | { lost: false; reason: string } | null;
}

export type TrialEvent =
  | { type: 'asking'; question: Question }
  | { type: 'answered'; question: Question; trial: Trial }
  | { type: 'no answer'; question: Question; reason: string }
  | { type: 'lost'; question: Question }
  | { type: 'whom'; whom: Partial<Whom> }
  | { type: 'map sets'; sets: MapSet[] };

export const UNTRIED: Trying = {
  sets: null,
  population: null,
  boundaries: null,
  thread: 0,
  asked: null,
  answered: null,
  trial: null,
  trouble: null,
};

/** Return what is known after an event. */
export function nextTrial(trying: Trying, event: Event): Trying {
  switch (event.type) {
    case 'open':
      return restarted(trying);
    case 'whom':
      return { ...restarted(trying), ...event.whom };
    case 'map sets':
      return { ...trying, sets: event.sets };
    case 'asking':
      return { ...trying, asked: event.question };
    case 'answered':
      // An answer about what is no longer open is dropped; one to an earlier step of a drag is
      // better than none until the next comes.
      if (event.question.thread !== trying.thread) return trying;
      return { ...trying, answered: event.question, trial: event.trial, trouble: null };
    case 'no answer':
      if (event.question !== trying.asked) return trying;
      return { ...trying, trouble: { lost: false, reason: event.reason } };
    case 'lost':
      if (event.question.thread !== trying.thread) return trying;
      return { ...trying, trouble: { lost: true } };
    default:
      return trying;
  }
}

/** Return whether the figures are those of what was asked last. */
export function isCurrent({ asked, answered }: Trying): boolean {
  return asked !== null && asked === answered;
}

/** Return whether there are streets or communities to tell shares of. */
export function hasAreas({ sets }: Trying): boolean {
  return sets?.some((one) => one.kind === 'boundaries') ?? false;
}

/** Return why nobody can walk to sites, by code, as far as the last answer knows. */
export function refusals({ trial }: Trying): Map<string, string> {
  const sites: SiteFigures[] = trial?.comparison.after.sites ?? [];
  return new Map(
    sites.flatMap(({ code, unreached }) => (unreached === null ? [] : [[code, unreached]])),
  );
}

function restarted(trying: Trying): Trying {
  const { sets, population, boundaries, thread } = trying;
  return { ...UNTRIED, sets, population, boundaries, thread: thread + 1 };
}
