// The day at a glance.
import type { ViewProperties } from '../view.ts';

export function Overview({ service }: ViewProperties) {
  return <p>{service?.day}</p>;
}
