// What the console's day says: lateness, shares, where concerns are answered, which stops to look at.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { handedBack } from '../src/console/day/back.ts';
import { partsOf } from '../src/console/day/bar.ts';
import { couriersOf, sifted, troubled } from '../src/console/day/choosing.ts';
import { reasonsOf } from '../src/console/day/reasons.ts';
import type { ConcernKind } from '../src/console/day/types.ts';
import type { CourierDay } from '../src/console/live/types.ts';
import { wentText } from '../src/console/parts/fates.ts';
import type { StopDay } from '../src/service/delivery.ts';
import { waitingAt } from '../src/console/day/waiting.ts';
import { answeredAt, answeredFor, delayText, fileOf, outcomeText, shareText, stateKey } from '../src/console/day/words.ts';
import { speaker, TEXTS } from '../src/console/texts.ts';

const say = speaker('en');
const NOON = Date.parse('2026-11-21T04:00:00Z');

function stop(more: Partial<StopDay> = {}): StopDay {
  return {
    door: { order: 1, elder: null, meal_point: null, portions: 1, address: null },
    courier: 'Z01', trip: 1, number: 1, planned_at: '2026-11-21T04:00:00Z', status: 'waiting', outcome: null,
    at: null, time_known: true, late_seconds: null, source: null, by_courier: null, note: null,
    unaccounted: 0, photos: [], doubled: false, beside_plan: false, ...more,
  };
}

test('lateness is said in whole minutes, and nothing of what is not known', () => {
  assert.equal(delayText(null, say), '–');
  assert.equal(delayText(20, say), 'on time');
  assert.equal(delayText(-20, say), 'on time');
  assert.equal(delayText(400, say), '7 min late');
  assert.equal(delayText(-190, say), '3 min ahead');
});

test('who handed stops back that still wait is named, the first one first', () => {
  const courier = (code: string, handed_back: number, at: string | null) =>
    ({ courier: code, progress: { counts: { handed_back }, handed_back_at: at } }) as CourierDay;
  const couriers = [courier('Z1', 2, '2026-11-21T03:20:00Z'), courier('Z2', 0, '2026-11-21T03:00:00Z'), courier('Z3', 1, '2026-11-21T03:10:00Z')];
  assert.deepEqual(handedBack({ couriers }).map((one) => one.courier), ['Z3', 'Z1']);
});

test('where a meal went is said with whom it was given to', () => {
  const went = (fates: StopDay['fates'], given_to: string | null) => wentText({ fates, given_to }, say);
  assert.equal(went({ given: 1 }, '李奶奶'), 'given to somebody else: 1 (to 李奶奶)');
  assert.equal(went({ returned: 1, given: 2 }, '李奶奶'), 'back at the canteen: 1, given to somebody else: 2 (to 李奶奶)');
  assert.equal(went({ returned: 1 }, '冷了'), 'back at the canteen: 1');
  assert.equal(went({}, null), '');
});

test('orders left out for the same reason are told together, in their order', () => {
  const order = (number: number, cause_text: string, helps: string[], wish: 'served' | 'inside' = 'served') =>
    ({ order: number, portions: 1, wish, cause: cause_text, cause_text, remedies: helps.map((text) => ({ text })), elder: null, meal_point: null });
  const told = reasonsOf([order(1, 'no courier', []), order(2, 'window', ['later']), order(3, 'no courier', []), order(4, 'window', ['boxes']), order(5, 'far', [], 'inside'), order(6, 'unlocated', [])]);
  assert.deepEqual(told.map((one) => [one.cause, one.orders.map(({ order: number }) => number)]), [['no courier', [1, 3]], ['window', [2]], ['window', [4]]]);
});

test('each person of a concern leads to where it is answered', () => {
  assert.deepEqual(fileOf('unlocated', 'L1'), ['unlocated', 'L1']);
  assert.deepEqual(fileOf('no_phone', 'Z1'), ['couriers', 'Z1']);
  assert.deepEqual(fileOf('no_point', 'L1'), ['elders', 'L1']);
  assert.equal(fileOf('unserved', 'L1'), null);
});

test('a meal of somebody who stopped leads to the plan with its cancelling filled in', () => {
  const who = ['L1', 'L2'].map((code) => ({ code, name: '', phone: null }));
  const stopped = (people: typeof who) => ({ kind: 'stopped' as const, count: 2, text: '', people });
  const form = { view: 'plan', rest: ['change', 'order_cancelled', 'L1'], needs: 'make_plans' };
  assert.deepEqual(answeredFor(stopped(who), 'L1'), form);
  assert.deepEqual(answeredAt(stopped(who.slice(0, 1))), form);
  assert.deepEqual(answeredAt(stopped(who))?.rest, []);
  assert.deepEqual(answeredAt(stopped([]))?.rest, []);
  assert.deepEqual(answeredFor({ ...stopped(who), kind: 'no_phone' }, 'Z1')?.rest, ['couriers', 'Z1']);
  assert.equal(answeredFor({ ...stopped(who), kind: 'unserved' }, 'L1'), null);
});

test('a share is never rounded up to all', () => {
  assert.equal(shareText(1), '100 %');
  assert.equal(shareText(0.9999), '99.9 %');
  assert.equal(shareText(0.976), '97.6 %');
});

test('every concern is answered somewhere; one person leads to the file, several to the list', () => {
  const who = (count: number) => Array.from({ length: count }, (_, at) => ({ code: `Z0${at}`, name: '', phone: null }));
  const at = (kind: ConcernKind, count = 2) => answeredAt({ kind, count, text: '', people: who(count) });
  assert.deepEqual(at('unlocated')?.rest, ['unlocated']);
  assert.deepEqual(at('no_phone', 1)?.rest, ['couriers', 'Z00']);
  assert.deepEqual(at('no_phone', 2)?.rest, ['couriers']);
  assert.equal(at('proposals')?.view, 'plan');
  assert.equal(at('night'), null);
});

test('the parts of the bar hold every stop once', () => {
  const counts = {
    stops: 10, portions: 10, waiting: 3, under_way: 2, handed_back: 1, settled: 4, served: 3,
    served_portions: 3, outcomes: {}, late: 0, overdue: 0, unaccounted_portions: 1,
  };
  assert.deepEqual(partsOf(counts).map((part) => part.count), [3, 1, 2, 3, 1]);
  assert.equal(partsOf({ ...counts, stops: 0 })[0]?.share, 0);
});

test('stops to look at are those not handed over, late, handed back or contradicted', () => {
  assert.equal(troubled(stop(), NOON + 299_000), false);
  assert.equal(troubled(stop(), NOON + 301_000), true);
  assert.equal(troubled(stop({ status: 'settled', outcome: 'handed_over', late_seconds: 200 }), NOON), false);
  assert.equal(troubled(stop({ status: 'settled', outcome: 'handed_over', late_seconds: 400 }), NOON), true);
  assert.equal(troubled(stop({ status: 'settled', outcome: 'refused' }), NOON), true);
  assert.equal(troubled(stop({ status: 'handed_back' }), NOON), true);
  assert.equal(troubled(stop({ status: 'settled', outcome: 'handed_over', doubled: true }), NOON), true);
});

test('a courier is shown the own stops and those reported for another', () => {
  const all = [stop(), stop({ courier: 'Z02', by_courier: 'Z01', status: 'settled' }), stop({ courier: 'Z03' }), stop({ courier: null })];
  assert.equal(sifted(all, 'Z01', 'all', NOON).length, 2);
  assert.equal(sifted(all, 'Z01', 'open', NOON).length, 1);
  assert.equal(sifted(all, null, 'all', NOON).length, 4);
  assert.deepEqual(couriersOf(all), ['Z01', 'Z02', 'Z03']);
});

test('a stop without an outcome says how far it is, and a plan in which state it is', () => {
  assert.equal(outcomeText({ outcome: null, status: 'under_way' }, say), 'under way');
  assert.equal(outcomeText({ outcome: 'nobody_home', status: 'settled' }, say), 'nobody home');
  assert.equal(stateKey(null), 'state_none');
});

test('tabs say how many things wait behind them', () => {
  assert.equal(waitingAt('cases', null), 0);
  const progress = { open_cases: 2, open_notes: 1, not_counted: 3 } as Parameters<typeof waitingAt>[1];
  assert.deepEqual(['overview', 'cases', 'notes'].map((tab) => waitingAt(tab, progress)), [0, 2, 4]);
});

test('every text is there in both languages, with the same values', () => {
  for (const [key, [chinese, english]] of Object.entries(TEXTS)) {
    const values = [chinese, english].map((text) => [...text.matchAll(/\{(\w+)(?::[^{}]*)?\}/g)].map((found) => found[1]).sort().join());
    assert.ok(chinese && english, key);
    assert.equal(values[0], values[1], key);
  }
});
