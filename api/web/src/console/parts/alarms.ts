// What must be heard and seen whatever the console shows: doors that stayed shut.
import type { Live } from '../live/watcher.ts';

export interface Alarms {
  open: number;
  overdue: number;
}

/** Return the open cases of all services that are followed. */
export function alarmsOf(lives: readonly Live[]): Alarms {
  const told = lives.flatMap(({ progress }) => (progress === null ? [] : [progress]));
  return {
    open: told.reduce((sum, one) => sum + one.open_cases, 0),
    overdue: told.reduce((sum, one) => sum + one.overdue_cases, 0),
  };
}

/** Return the window's title: how many cases stand open comes first, where tabs show it. */
export function titleOf(title: string, { open }: Alarms): string {
  const plain = title.replace(/^\(\d+\) /, '');
  return open > 0 ? `(${open}) ${plain}` : plain;
}

/** Return whether it is time to sound: more doors stay shut, or more of them too long. */
export function worse(before: Alarms | null, now: Alarms): boolean {
  return before !== null && (now.open > before.open || now.overdue > before.overdue);
}
