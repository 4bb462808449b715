// Which services the console offers, which one it shows, and how they are called.
import type { Meal, Service } from '../service/types.ts';
import type { Say } from './texts.ts';

export type OrderKind = 'delivery' | 'supply' | 'dine_in' | 'pick_up';

/** A service as the API lists it. */
export interface Listed extends Service {
  /** Since when its orders stand; null while they still follow the standing orders. */
  frozen_at: string | null;
  orders: Partial<Record<OrderKind, number>>;
  portions: Partial<Record<OrderKind, number>>;
  newest_revision: number | null;
}

/** Return whether somebody collected the orders of a service, so that its counts mean something. */
export function collected({ frozen_at, newest_revision, orders }: Listed): boolean {
  return frozen_at !== null || newest_revision !== null || Object.keys(orders).length > 0;
}

/** Days before today that are still offered: sheets that come back late are keyed in. */
export const DAYS_BACK = 7;

const DAY = 86_400_000; // milliseconds

/** Return the day of a moment in a time zone: "2026-11-24". */
export function dayOf(moment: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(moment);
}

/** Return the day so many days later. */
export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Return "2026-11-24/lunch". */
export function keyOf(service: Service): string {
  return `${service.day}/${service.meal}`;
}

/** Return the address of what the API has of a service. */
export function pathOf(service: Service): string {
  return `/api/v1/services/${keyOf(service)}`;
}

/**
 * Return the services to choose from, by day: those that are there, and those of today and tomorrow
 * that whoever looks may plan, though nobody collected their orders yet.
 */
export function offered(there: readonly Listed[], today: string, meals: readonly Meal[]): Listed[] {
  const known = new Set(there.map(keyOf));
  const to_come = [today, daysLater(today, 1)]
    .flatMap((day) => meals.map((meal) => ({ ...NOTHING_YET, day, meal })))
    .filter((one) => !known.has(keyOf(one)));
  return [...there, ...to_come].sort(
    (one, other) => one.day.localeCompare(other.day) || other.meal.localeCompare(one.meal),
  );
}

const NOTHING_YET = {
  frozen_at: null,
  orders: {},
  portions: {},
  newest_revision: null,
  published_revision: null,
} as const;

/** Return the service of a key; without a key the next one that has orders, or any that comes. */
export function chosenOf(services: readonly Listed[], key: string | null, today: string): Listed | null {
  if (key !== null) return services.find((one) => keyOf(one) === key) ?? null;
  const coming = services.filter((one) => one.day >= today);
  return coming.find((one) => one.frozen_at !== null) ?? coming[0] ?? services.at(-1) ?? null;
}

/**
 * Return the services to follow: the shown one first, and those that are brought out today, whatever
 * is shown, so that a door that stays shut is heard of.
 */
export function watchedOf(services: readonly Listed[], shown: Listed | null, today: string): Listed[] {
  const out = services.filter((one) => one.day === today && one.published_revision !== null);
  const first = shown !== null && shown.frozen_at !== null ? [shown] : [];
  return [...first, ...out.filter((one) => one !== shown)];
}

/** Return how people call a service: "today · lunch", "11-24 · lunch". */
export function nameOf(service: Service, today: string, say: Say): string {
  const names = { [daysLater(today, -1)]: 'yesterday', [today]: 'today', [daysLater(today, 1)]: 'tomorrow' } as const;
  const name = names[service.day];
  return `${name ? say(name) : service.day.slice(5)} · ${say(service.meal)}`;
}
