// How many things wait for somebody behind each tab of the view "day".
import type { Progress } from '../live/types.ts';

/** Return how many things wait in a tab; 0 while nothing is known. */
export function waitingAt(tab: string, progress: Progress | null): number {
  if (progress === null) return 0;
  if (tab === 'cases') return progress.open_cases;
  return tab === 'notes' ? progress.open_notes + progress.not_counted : 0;
}
