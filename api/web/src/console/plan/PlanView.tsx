// The view "plan" of the console.
import type { ViewProperties } from '../view.ts';

export function PlanView({ say }: ViewProperties) {
  return <h2>{say('view_plan')}</h2>;
}
