// How the view "day" calls states, outcomes and lateness.
import type { StopDay } from '../../service/delivery.ts';
import { minutesOf } from '../parts/times.ts';
import type { Key, Say } from '../texts.ts';
import type { Concern, ConcernKind, Duties, PlannedDoor, PlanSummary } from './types.ts';

/** Lateness below this is how such work goes, in seconds; as the service counts it. */
export const LATE = 300;

/** Return the text that says how far a plan is. */
export function stateKey(plan: PlanSummary | null): Key {
  if (plan === null) return 'state_none';
  return plan.state === 'draft' ? 'state_draft' : plan.state === 'closed' ? 'state_closed' : 'state_published';
}

/** Return a share (0 … 1) in per cent; never 100 while something is missing. */
export function shareText(share: number): string {
  const tenths = share < 1 ? Math.min(999, Math.round(share * 1000)) : 1000;
  return `${tenths / 10} %`;
}

/** Return "on time", "6 min late", "3 min ahead"; nothing is said of what is not known. */
export function delayText(seconds: number | null, say: Say): string {
  if (seconds === null) return '–';
  const minutes = minutesOf(seconds);
  if (minutes === 0) return say('on_time');
  return say(minutes > 0 ? 'minutes_late' : 'minutes_ahead', { minutes: Math.abs(minutes) });
}

/** Return what came of a stop, or how far it is. */
export function outcomeText({ outcome, status }: Pick<StopDay, 'outcome' | 'status'>, say: Say): string {
  return outcome === null ? say(STOP_STATUSES[status] ?? 'part_waiting') : say(`outcome_${outcome}`);
}

const STOP_STATUSES: Record<string, Key> = {
  waiting: 'part_waiting',
  under_way: 'part_under_way',
  handed_back: 'part_handed_back',
};

const STATUSES: Record<string, Key> = {
  waiting: 'status_waiting',
  under_way: 'status_under_way',
  handed_back: 'status_handed_back',
  done: 'status_done',
};

/** Return how far a courier is. */
export function statusText(status: string, say: Say): string {
  return say(STATUSES[status] ?? 'status_waiting');
}

/** Return the stops of a plan by order. */
export function doorsOf(duties: Duties | null): Map<number, PlannedDoor> {
  const stops = (duties?.duties ?? []).flatMap((duty) => duty.trips.flatMap((trip) => trip.stops));
  return new Map(stops.map((stop) => [stop.order, stop]));
}

/** A way into the console, and the action that one must be allowed to go it. */
export interface Way {
  view: 'plan' | 'roster';
  rest: string[];
  needs: string;
}

/** Return where in the console a concern is answered, and by whom: the action it takes. */
export function answeredAt({ kind, people }: Concern): Way | null {
  switch (kind) {
    case 'unlocated':
      return { view: 'roster', rest: ['unlocated'], needs: 'change_elders' };
    case 'unkept':
      return { view: 'roster', rest: ['unkept'], needs: 'import_roster' };
    case 'no_phone':
      return { view: 'roster', rest: ['couriers', ...codesOf(people)], needs: 'change_couriers' };
    case 'no_point':
    case 'no_canteen':
      return { view: 'roster', rest: ['elders', ...codesOf(people)], needs: 'change_elders' };
    case 'unserved':
      return { view: 'plan', rest: ['unserved'], needs: 'read_plans' };
    case 'stopped':
      return people.length === 1 && people[0] ? cancelling(people[0].code) : { view: 'plan', rest: [], needs: 'make_plans' };
    case 'proposals':
      return { view: 'plan', rest: [], needs: 'make_plans' };
    case 'point_full':
    case 'point_closed':
      return { view: 'roster', rest: ['points'], needs: 'change_sites' };
    case 'canteen_full':
      return { view: 'roster', rest: ['canteens'], needs: 'change_sites' };
    case 'night':
      return null;
  }
}

/** Return where in the roster one person's part of a concern is answered; null where it is not there. */
export function fileOf(kind: ConcernKind, code: string): string[] | null {
  switch (kind) {
    case 'unlocated':
      return ['unlocated', code];
    case 'no_phone':
      return ['couriers', code];
    case 'no_point':
    case 'no_canteen':
      return ['elders', code];
    default:
      return null;
  }
}

/** Return where one person's part of a concern is answered, and by whom: in the roster or in the plan. */
export function answeredFor(concern: Concern, code: string): Way | null {
  if (concern.kind === 'stopped') return cancelling(code);
  const rest = fileOf(concern.kind, code);
  const all = answeredAt(concern);
  return rest && all && { ...all, view: 'roster', rest };
}

/** Return the plan's form with an elder's meal filled in to be cancelled. */
function cancelling(code: string): Way {
  return { view: 'plan', rest: ['change', 'order_cancelled', code], needs: 'make_plans' };
}

/** Return the code of the one person that something is about; of several nobody's file is opened. */
function codesOf(people: readonly { code: string }[]): string[] {
  return people.length === 1 && people[0] ? [people[0].code] : [];
}
