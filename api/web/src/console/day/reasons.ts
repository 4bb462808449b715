// Orders that are left out for the same reason, told together.
import type { Explanation } from './types.ts';

type Order = Explanation['orders'][number];

export interface Reason {
  cause: string;
  remedies: Order['remedies'];
  orders: Order[];
}

/** Elders without a place are a concern of their own, with their own answer. */
const UNLOCATED = 'unlocated';

/** Return the orders that nobody brings by why, and by what would help, in their order. */
export function reasonsOf(orders: readonly Order[]): Reason[] {
  const found = new Map<string, Reason>();
  for (const one of orders.filter(({ wish, cause }) => wish === 'served' && cause !== UNLOCATED)) {
    const key = [one.cause_text, ...one.remedies.map(({ text }) => text)].join('\n');
    const reason = found.get(key) ?? { cause: one.cause_text, remedies: one.remedies, orders: [] };
    reason.orders.push(one);
    found.set(key, reason);
  }
  return [...found.values()];
}
