// What a scenario does to the deliveries of a service: which is asked, the job and its answer.
import type { DeliveryFigures, Effect, EffectJob } from './service/planning.ts';
import type { Event } from './state.ts';

export interface Effecting {
  /** Number of the scenario. */
  scenario: number | null;
  day: string;
  /** Solving time of each of the two plans; empty: as in the settings. */
  seconds: string;
  job: EffectJob | null;
  trouble: string | null;
  stopping: boolean;
}

export type EffectingEvent =
  | { type: 'ask effect'; about: Partial<Pick<Effecting, 'scenario' | 'day' | 'seconds'>> }
  | { type: 'effect job'; job: EffectJob }
  | { type: 'effect trouble'; reason: string }
  | { type: 'effect stopping' };

export const NO_EFFECT: Effecting = {
  scenario: null,
  day: '',
  seconds: '',
  job: null,
  trouble: null,
  stopping: false,
};

/** Return what is known of the effect after an event. */
export function nextEffecting(effecting: Effecting, event: Event): Effecting {
  switch (event.type) {
    case 'ask effect':
      return { ...effecting, ...event.about };
    case 'open':
    case 'saved':
      // Who opens a scenario will ask about it next.
      return { ...effecting, scenario: event.scenario?.id ?? effecting.scenario };
    case 'effect job':
      return { ...effecting, job: event.job, trouble: event.job.error, stopping: false };
    case 'effect trouble':
      return { ...effecting, trouble: event.reason, stopping: false };
    case 'effect stopping':
      return { ...effecting, stopping: true };
    default:
      return effecting;
  }
}

/** The figures of a plan that are told, most important first, and whether more of it is better. */
export const EFFECT_ROWS = [
  ['unserved_orders', 'less'],
  ['served_portions', 'more'],
  ['circle_share', 'more'],
  ['couriers', 'less'],
  ['trips', 'less'],
  ['travel_seconds', 'less'],
  ['cost', 'less'],
] as const satisfies readonly (readonly [keyof DeliveryFigures, 'more' | 'less'])[];

/**
 * Return whether the two plans differ by less than what the solver has proven of them.
 *
 * The best plan without and with the scenario may then be equally good, or the other way round.
 */
export function mayBeChance({ before, after }: Pick<Effect, 'before' | 'after'>): boolean {
  const [less, more] = before.cost <= after.cost ? [before, after] : [after, before];
  if (more.bound === null) return true;
  return more.cost > less.cost && more.bound < less.cost;
}

/** Return a day some days after another, as dates are written. */
export function dayAfter(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
