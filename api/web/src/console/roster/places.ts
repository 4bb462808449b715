// The addresses within the view "roster".
import { hashOf } from '../address.ts';

/** Return the address of what is open in the roster: rosterHash('elder', 'L00001'). */
export function rosterHash(...rest: string[]): string {
  return hashOf({ view: 'roster', service: null, rest });
}
