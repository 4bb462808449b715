// A door that stayed shut, as the phone knows it: what the service told, the phone's own reports,
// and the clock of the protocol, which runs without a network, too.
import type { Report, Step, StepResult, Stop } from './types.ts';

/** The steps in their order. */
export const STEPS: readonly Step[] = ['call_elder', 'call_contact', 'tell_office'];

export interface SeenStep {
  step: Step;
  result: StepResult;
  /** Milliseconds since 1970, by the service's clock. */
  at: number;
  byOffice: boolean;
}

export interface SeenCase {
  openedAt: number;
  steps: SeenStep[];
  /** The step to take now; null: the canteen's office does the rest. */
  next: Step | null;
  /** When that step is due. */
  dueAt: number | null;
}

/** What a case is computed from besides its stop. */
export interface CaseFacts {
  /** The phone's own reports that count, oldest first. */
  reports: readonly Report[];
  /** Ids of reports that were taken back or replaced. */
  taken: ReadonlySet<string>;
  /** Minutes until each step and the closing are due. */
  limits: readonly number[];
  /** Milliseconds to be added to the phone's clock. */
  off: number;
}

/** Outcomes for which somebody stood before the elder. */
const MET: ReadonlySet<string> = new Set(['handed_over', 'collected', 'refused']);

/** Return the open case of a stop; null where there is none, or it has ended. */
export function caseOf(stop: Stop, facts: CaseFacts): SeenCase | null {
  const own = facts.reports.filter((report) => report.order === stop.order);
  const at = (report: Report) => Date.parse(report.at) + facts.off;
  const known = stop.case;
  const ended = known === null ? null : (known.closed_at ?? known.met_at);
  const takenBack = stop.outcome_uid !== null && facts.taken.has(stop.outcome_uid);
  const runs = known !== null && ended === null && !takenBack;
  const shut = own.find(
    (report) => report.outcome === 'nobody_home' && (ended === null || at(report) > Date.parse(ended)),
  );
  if (!runs && shut === undefined) return null;
  const openedAt = runs ? Date.parse(known.opened_at) : at(shut as Report);
  if (own.some((report) => MET.has(report.outcome ?? '') && at(report) >= openedAt)) return null;
  const steps = stepsOf(runs ? stop : null, own, facts).filter((one) => one.at >= openedAt);
  const reached = steps.some((one) => one.result === 'reached');
  const next = reached ? null : (STEPS.find((step) => !steps.some((one) => one.step === step)) ?? null);
  const limit = next === null ? undefined : facts.limits[STEPS.indexOf(next)];
  return { openedAt, steps, next, dueAt: limit === undefined ? null : openedAt + limit * 60_000 };
}

/** Return the steps that the service knows and those of this phone that it does not know yet. */
function stepsOf(stop: Stop | null, own: readonly Report[], { taken, off }: CaseFacts): SeenStep[] {
  const told = (stop?.case?.steps ?? []).filter((one) => !taken.has(one.uid));
  const known = new Set(told.map((one) => one.uid));
  const here = own.flatMap(({ id, at, step, result }) =>
    step && result && !known.has(id) ? [{ step, result, at: Date.parse(at) + off, byOffice: false }] : [],
  );
  const there = told.map(({ step, result, at, by_office }) => ({
    step, result, at: Date.parse(at), byOffice: by_office,
  })); // prettier-ignore
  return [...there, ...here].sort((one, other) => one.at - other.at);
}

/** Return minutes and seconds between two moments, without a sign: "4:05", "75:00". */
export function span(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
