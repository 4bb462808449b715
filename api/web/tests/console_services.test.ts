// Which services the console offers and shows, and how it calls them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hashOf, placeOf } from '../src/console/address.ts';
import { chosenOf, collected, dayOf, keyOf, type Listed, nameOf, offered, watchedOf } from '../src/console/services.ts';
import { speaker } from '../src/console/texts.ts';

function service(day: string, meal: 'lunch' | 'dinner' = 'lunch', published: number | null = 1): Listed {
  return { day, meal, frozen_at: `${day}T00:00:00Z`, orders: {}, portions: {}, newest_revision: 1, published_revision: published };
}

const TODAY = '2026-11-24';

test('a draft has counts; a service that nobody collected has none', () => {
  const draft = { ...service('2026-11-22'), frozen_at: null, orders: { delivery: 3 } };
  assert.equal(collected(draft), true);
  assert.equal(collected({ ...draft, orders: {} }), true); // planned, and nobody ordered
  assert.equal(collected({ ...draft, orders: {}, newest_revision: null }), false);
});

test('a day begins at midnight of the place, not of the computer', () => {
  assert.equal(dayOf(Date.parse('2026-11-23T16:30:00Z'), 'Asia/Shanghai'), TODAY);
  assert.equal(dayOf(Date.parse('2026-11-23T15:59:00Z'), 'Asia/Shanghai'), '2026-11-23');
});

test('what may be planned today and tomorrow is offered before anybody collected its orders', () => {
  const offers = offered([service('2026-11-23'), service(TODAY, 'dinner')], TODAY, ['lunch', 'dinner']);
  assert.deepEqual(offers.map(keyOf), [
    '2026-11-23/lunch', '2026-11-24/lunch', '2026-11-24/dinner', '2026-11-25/lunch', '2026-11-25/dinner',
  ]);
  assert.deepEqual(offers.map((one) => one.frozen_at !== null), [true, false, true, false, false]);
});

test('the next service with orders is shown first, never one that is past', () => {
  const there = [service('2026-11-23'), service('2026-11-25')];
  assert.equal(chosenOf(offered(there, TODAY, ['lunch']), null, TODAY)?.day, '2026-11-25');
  assert.equal(chosenOf(there, '2026-11-23/lunch', TODAY)?.day, '2026-11-23');
  assert.equal(chosenOf(there, '2026-11-30/lunch', TODAY), null);
  assert.equal(chosenOf([], null, TODAY), null);
});

test('what is brought out today is followed whatever is shown', () => {
  const [lunch, dinner, later] = [service(TODAY), service(TODAY, 'dinner', null), service('2026-11-25')];
  const all = [lunch, dinner, later];
  assert.deepEqual(watchedOf(all, later, TODAY), [later, lunch]);
  assert.deepEqual(watchedOf(all, lunch, TODAY), [lunch]);
  assert.deepEqual(watchedOf(all, null, TODAY), [lunch]);
});

test('days near today are called by name', () => {
  const say = speaker('zh');
  assert.equal(nameOf(service('2026-11-23'), TODAY, say), '昨天 · 午餐');
  assert.equal(nameOf(service('2026-11-25', 'dinner'), TODAY, say), '明天 · 晚餐');
  assert.equal(nameOf(service('2026-11-26'), TODAY, say), '11-26 · 午餐');
});

test('an address leads back to its place', () => {
  const place = { view: 'day', service: '2026-11-24/lunch', rest: ['stops', 'Z/3'] } as const;
  assert.deepEqual(placeOf(hashOf(place)), place);
  assert.deepEqual(placeOf('#/%E0%A4%A/../x'), { view: 'day', service: null, rest: [] });
});
