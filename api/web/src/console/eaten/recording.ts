// Recording a meal at the canteen's counter: what the search means, and what is sent.
import type { DayMeals, Eaten, MealWay } from '../../service/delivery.ts';
import type { ElderRow } from '../../service/files.ts';
import type { Service } from '../../service/types.ts';
import type { Given } from '../entering/outbox.ts';

type Entry = Omit<Given, 'about'>;

/** Ways that are recorded at the counter; deliveries are reported by couriers. */
export const WAYS_HERE = ['dine_in', 'pick_up'] as const;
export type WayHere = (typeof WAYS_HERE)[number];

export const ALL_WAYS: readonly MealWay[] = ['delivery', 'pick_up', 'dine_in'];

/** Found people at most; who types more finds fewer. */
export const MOST_FOUND = 8;

/**
 * Return the code that Enter records: of the only one found, else of whom the text names whole;
 * where nobody is found, the text itself may be a card of another canteen. Null: choose first.
 */
export function chosenBy(text: string, found: readonly ElderRow[]): string | null {
  const typed = text.trim().toUpperCase();
  const whole = found.find((one) => one.code.toUpperCase() === typed);
  if (whole !== undefined) return whole.code;
  if (found.length === 1) return found[0]?.code ?? null;
  return found.length === 0 && /^[A-Z0-9-]*\d[A-Z0-9-]*$/.test(typed) ? typed : null;
}

/** Return the meals that are recorded already, by code of the elder. */
export function recordedBy(eaten: readonly Eaten[]): Map<string, Eaten> {
  return new Map(eaten.flatMap((one) => (one.elder === null ? [] : [[one.elder.code, one] as const])));
}

/** Return how many persons were served in a way. */
export function personsOf(meals: DayMeals, way: MealWay): number {
  return meals.ways[way]?.persons ?? 0;
}

function pathOf(service: Service): string {
  return `/api/v1/services/${service.day}/${service.meal}/eaten`;
}

/** A meal that somebody eats here, or picks up. */
export function eatenEntry(service: Service, id: string, elder: string, way: WayHere, canteen: string): Entry {
  return { id, path: pathOf(service), body: { id, elder, way, canteen }, what: { key: 'sent_eaten' } };
}

/** A record that was a mistake. */
export function takenBackEntry(service: Service, id: string, uid: string): Entry {
  return {
    id,
    path: `${pathOf(service)}/${encodeURIComponent(uid)}/take-back`,
    body: { id },
    what: { key: 'sent_eaten_back' },
  };
}
