// A case as the person at this browser left it: with the steps that the service has not answered yet.
import { type Case, type Result, type Step, type StepTaken, STEPS } from '../../service/delivery.ts';
import type { Unsent } from '../entering/outbox.ts';

export interface Pending {
  /** The case with the unsent steps as taken, by nobody named. */
  shown: Case;
  /** Whether its closing waits to be sent. */
  closing: boolean;
}

/** What a step or a closing looks like on its way. */
interface Sent {
  id: string;
  kind: string;
  step?: Step;
  result?: Result;
  at?: string;
  note?: string;
}

/** Return a case with what waits to be sent about it. When the step after that is due, only the service knows. */
export function withPending(one: Case, unsent: readonly Unsent[]): Pending {
  const known = new Set(one.steps.map((taken) => taken.uid));
  const waiting = unsent
    .filter((entry) => entry.state === 'waiting' && entry.about === `case/${one.door.order}`)
    .flatMap((entry) => (entry.body as { reports: Sent[] }).reports.map((sent) => ({ sent, place: entry.place })));
  const steps = waiting.flatMap(({ sent: { id, step, result, at, note }, place }): StepTaken[] =>
    step === undefined || result === undefined || known.has(id)
      ? []
      : [{ uid: id, step, result, at: at ?? new Date(place).toISOString(), by: '', note: note ?? null }],
  );
  const closing = waiting.some(({ sent }) => sent.kind === 'closed');
  if (steps.length === 0) return { shown: one, closing };
  const taken = [...one.steps, ...steps];
  const over = one.next_step === null || taken.some(({ result }) => result === 'reached');
  const next_step = over ? null : (STEPS.find((step) => !taken.some((other) => other.step === step)) ?? null);
  return { shown: { ...one, steps: taken, next_step, due_at: null }, closing };
}
