// Which couriers handed stops back that nobody took over yet.
import type { CourierDay, Progress } from '../live/types.ts';

/** Return the couriers whose handed-back stops still wait, who did so first coming first. */
export function handedBack({ couriers }: Pick<Progress, 'couriers'>): CourierDay[] {
  const since = (one: CourierDay) => one.progress.handed_back_at ?? '';
  return couriers
    .filter((one) => one.progress.counts.handed_back > 0)
    .sort((one, other) => since(one).localeCompare(since(other)));
}
