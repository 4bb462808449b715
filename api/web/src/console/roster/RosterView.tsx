// The view "roster" of the console.
import type { ViewProperties } from '../view.ts';

export function RosterView({ say }: ViewProperties) {
  return <h2>{say('view_roster')}</h2>;
}
