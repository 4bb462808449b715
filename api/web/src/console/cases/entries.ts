// What is sent when somebody at the office records a step, a closing, an answer, or a meal's way.
import type { Case, ConditionNote, Fate, Finding, KeptApart, Result, Step, StopDay } from '../../service/delivery.ts';
import type { Service } from '../../service/types.ts';
import type { Given } from '../entering/outbox.ts';
import type { Live } from '../live/watcher.ts';

type Entry = Omit<Given, 'about'>;

/** Return the address of what happened in a service. */
export function deliveryOf(service: Pick<Service, 'day' | 'meal'>): string {
  return `/api/v1/services/${service.day}/${service.meal}/delivery`;
}

/** Whether a plan of a service is published: before that nothing can be reported. */
export function isBroughtOut(service: Service | null, live: Live): service is Service {
  return service !== null && (service.published_revision ?? live.progress?.revision ?? null) !== null;
}

/** Things that happen now; the service is told when, in case it hears of them late. */
function atNow(now: number | null): { at?: string } {
  return now === null ? {} : { at: new Date(now).toISOString() };
}

function words(note: string): { note?: string } {
  return note.trim() === '' ? {} : { note: note.trim() };
}

/** A step of the protocol with its result. */
export function stepEntry(
  service: Service, id: string, one: Case, step: Step, result: Result, note: string, now: number | null,
): Entry {
  const order = one.door.order;
  const report = { id, kind: 'step', order, step, result, ...words(note), ...atNow(now) };
  return {
    id,
    path: `${deliveryOf(service)}/reports`,
    body: { reports: [report] },
    what: { key: 'sent_step', values: { order } },
  };
}

/** The end of a case. */
export function closingEntry(
  service: Service, id: string, one: Case, finding: Finding, note: string, now: number | null,
): Entry {
  const order = one.door.order;
  const report = { id, kind: 'closed', order, finding, ...words(note), ...atNow(now) };
  return {
    id,
    path: `${deliveryOf(service)}/reports`,
    body: { reports: [report] },
    what: { key: 'sent_closing', values: { order } },
  };
}

/** Somebody looked into a condition note. */
export function handledEntry(service: Service, id: string, note: ConditionNote, answer: string): Entry {
  const report = { id, kind: 'handled', about: note.uid, ...words(answer) };
  return {
    id,
    path: `${deliveryOf(service)}/reports`,
    body: { reports: [report] },
    what: { key: 'sent_handled', values: { order: note.door.order } },
  };
}

/** A report that was kept apart counts after all. */
export function countEntry(service: Service, id: string, one: KeptApart): Entry {
  return {
    id,
    path: `${deliveryOf(service)}/not-counted/${encodeURIComponent(one.uid)}/count`,
    body: { id },
    what: { key: 'sent_count' },
  };
}

/**
 * Where portions of a stop went, beside those that are accounted for already; `anew`: instead of
 * them.
 */
export function fateEntry(
  service: Service, id: string, stop: StopDay, fate: Fate, count: number, note: string, anew = false,
): Entry {
  const order = stop.door.order;
  const before = anew ? {} : stop.fates;
  const fates = { ...before, [fate]: (before[fate] ?? 0) + count };
  return {
    id,
    path: `${deliveryOf(service)}/reports`,
    body: { reports: [{ id, kind: 'accounted', order, fates, ...words(note) }] },
    what: { key: 'sent_fate', values: { order } },
  };
}
