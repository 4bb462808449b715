// Every stop with what was reported of it.
import type { ViewProperties } from '../view.ts';

export function Stops({ service }: ViewProperties) {
  return <p>{service?.day}</p>;
}
