// The view "day" of the console.
import type { ViewProperties } from '../view.ts';

export function DayView({ say }: ViewProperties) {
  return <h2>{say('view_day')}</h2>;
}
