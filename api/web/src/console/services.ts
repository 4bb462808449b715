// Which service the console shows, and how services are named.
import type { Service } from '../service/types.ts';
import type { Say } from './texts.ts';

/** Return "2026-11-24/lunch". */
export function keyOf(service: Service): string {
  return `${service.day}/${service.meal}`;
}

/** Return the service of a key, else the first of the list, which is the next one. */
export function chosenOf(services: readonly Service[], key: string | null): Service | null {
  return services.find((one) => keyOf(one) === key) ?? (key === null ? (services[0] ?? null) : null);
}

/** Return how people call a service: "today · lunch", "11-24 · lunch". */
export function nameOf(service: Service, today: string, say: Say): string {
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const day =
    service.day === today ? say('today') : service.day === tomorrow ? say('tomorrow') : service.day.slice(5);
  return `${day} · ${say(service.meal)}`;
}
