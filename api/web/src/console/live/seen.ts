// Who has confirmed the last change of the duty, and whom the office waits for.
import type { Say } from '../texts.ts';
import type { CourierDay } from './types.ts';

type Seeing = Pick<CourierDay, 'courier' | 'changed_in'> & { progress: Pick<CourierDay['progress'], 'seen'> };

/** Return the couriers who have not confirmed the last change of their duty, and its revision. */
export function unseen(couriers: readonly Seeing[]): { courier: string; revision: number }[] {
  return couriers.flatMap(({ courier, changed_in, progress: { seen } }) =>
    changed_in !== null && (seen ?? 0) < changed_in ? [{ courier, revision: changed_in }] : [],
  );
}

/** Return in words what a courier confirmed; a dash where there was nothing to confirm. */
export function seenText(one: Seeing, say: Say): string {
  const { seen } = one.progress;
  const awaited = unseen([one]).length > 0;
  if (seen === null) return awaited ? say('seen_none') : '–';
  return say(awaited ? 'seen_old' : 'seen_number', { number: seen });
}
