// Reports waiting to be sent: each once, in order, whatever fails. Nothing here knows the network.
import type { Language } from '../speaking.ts';
import type { Answer, Duty, Report, Said } from './types.ts';

/** The service that reports are about. */
export type ServiceKey = Pick<Duty, 'day' | 'meal'>;

/** At most so many reports travel together. */
export const BATCH = 50;

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

/**
 * A report on this phone. `waiting`: the service has not answered. `kept`: it counts. `apart`: it
 * does not count, and `message` says why.
 */
export interface Entry {
  /** Order in which reports were made; given by the storage. */
  place: number;
  service: ServiceKey;
  report: Report;
  state: 'waiting' | 'kept' | 'apart';
  /** What the service said about it and nobody has dismissed yet. */
  message: Said | null;
  /** A photo to be sent with it, as a JPEG file. */
  photo?: ArrayBuffer;
}

/** What came of sending. */
export type Sent =
  | { kind: 'answered'; answers: Answer[] }
  /** The service understood the request and will never take it, for this reason. */
  | { kind: 'rejected'; message: string }
  /** No answer, or one that says "later". */
  | { kind: 'unreachable' };

/** How sending goes: how often it failed in a row, and not before when (ms) it is tried again. */
export interface Pace {
  failures: number;
  notBefore: number;
  /** After a batch was rejected as a whole its reports go one by one, to find the bad one. */
  alone: boolean;
}

export const READY: Pace = { failures: 0, notBefore: 0, alone: false };

/** Return the reports that go next: the oldest waiting ones; a photo travels alone. */
export function nextBatch(entries: readonly Entry[], pace: Pace): Entry[] {
  const waiting = entries
    .filter((entry) => entry.state === 'waiting')
    .sort((one, other) => one.place - other.place);
  const photo = waiting.findIndex((entry) => entry.photo !== undefined);
  if (photo === 0 || pace.alone) return waiting.slice(0, 1);
  return waiting.slice(0, photo < 0 ? BATCH : Math.min(BATCH, photo));
}

/** Return the entries of a batch that changed by what came of sending it. */
export function settled(batch: readonly Entry[], sent: Sent): Entry[] {
  if (sent.kind === 'unreachable') return [];
  if (sent.kind === 'rejected') {
    if (batch.length !== 1) return [];
    const { message } = sent;
    return batch.map((entry) => closed(entry, 'apart', { zh: message, en: message }));
  }
  const answers = new Map(sent.answers.map((answer) => [answer.id, answer]));
  return batch.flatMap((entry) => {
    const answer = answers.get(entry.report.id);
    if (answer === undefined) return [];
    const apart = answer.result === 'refused' || answer.reason !== null;
    // The page watches the clock by itself: see session.ts.
    const said = answer.advice === 'clock_corrected' ? null : answer.said;
    return [closed(entry, apart ? 'apart' : 'kept', said)];
  });
}

/** Return an answered entry; its photo is needed no more. */
function closed(entry: Entry, state: Entry['state'], message: Said | null): Entry {
  const { place, service, report } = entry;
  return { place, service, report, state, message };
}

/**
 * Return the pace after sending. Pauses double from two seconds to a minute; `chance` (0 … 1)
 * spreads phones that lost the same network.
 */
export function paceAfter(
  pace: Pace,
  batch: readonly Entry[],
  sent: Sent,
  now: number,
  chance: number,
): Pace {
  const stuck = settled(batch, sent).length === 0;
  if (sent.kind === 'rejected' && batch.length > 1) return { ...READY, alone: true };
  if (!stuck) return { ...READY, alone: pace.alone && sent.kind === 'rejected' };
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** pace.failures);
  const spread = pause * (0.75 + 0.5 * chance);
  return { ...pace, failures: pace.failures + 1, notBefore: now + spread };
}

/** Return how many reports the service has not answered. */
export function unsent(entries: readonly Entry[]): number {
  return entries.filter((entry) => entry.state === 'waiting').length;
}

/** Return what the service said and nobody has dismissed, each sentence once, in a language. */
export function messages(
  entries: readonly Entry[],
  language: Language,
): { message: string; entries: Entry[] }[] {
  const said = new Map<string, Entry[]>();
  for (const entry of entries) {
    const message = entry.message?.[language];
    if (message !== undefined) said.set(message, [...(said.get(message) ?? []), entry]);
  }
  return [...said].map(([message, about]) => ({ message, entries: about }));
}
