// How a door is called, whatever the reader may know of who lives behind it.
import type { Door } from '../../service/delivery.ts';
import type { Say } from '../texts.ts';

/** Return the name of whose door it is: a person, a meal point, or the order's number. */
export function doorName(door: Door, say: Say): string {
  if (door.elder !== null) return door.elder.name;
  if (door.meal_point !== null) return say('meal_point_named', { code: door.meal_point });
  return say('order_number', { order: door.order });
}
