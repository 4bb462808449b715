// The console's plan: what the table joins, moves by hand, changes as they are asked, words, shapes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { askedAgain, draftsOf, EMPTY, KINDS, kindsFor, questionOf } from '../src/console/plan/changes.ts';
import { seenText, unseen } from '../src/console/live/seen.ts';
import { dropped, MOST_MOVES, type Move, placesOn, withMove } from '../src/console/plan/moves.ts';
import { carriersOf, publishedBefore, shownDuties, stopOf } from '../src/console/plan/reading.ts';
import { acceptable, rulingOf } from '../src/console/plan/ruling.ts';
import { boxOf, shapesOf } from '../src/console/plan/shapes.ts';
import type { Duty, Loaded, Order, Stop, StopChange, Summary, Ways } from '../src/console/plan/types.ts';
import { askedText, changeText, clock, moveText, nameOf, partText, signed, toldOf } from '../src/console/plan/words.ts';
import { stamp } from '../src/console/parts/times.ts';
import { speaker } from '../src/console/texts.ts';

const zone = 'Asia/Shanghai';
const words = (language: 'zh' | 'en') => ({ say: speaker(language), language, zone, day: '2026-11-21', carriers: shown() });

function stop(order: number, number: number, arrives = '03:00', more: Partial<Stop> = {}): Stop {
  return {
    number, order, portions: 1, arrives_at: `2026-11-21T${arrives}:00Z`, ride_seconds: 301, inside_circle: true,
    elder: { code: `A${order}`, name: `老人${order}`, phone: null }, meal_point: null, change: null, ...more,
  }; // prettier-ignore
}

function duty(courier: string, ...trips: Stop[][]): Duty {
  const at = '2026-11-21T02:40:00Z';
  return {
    courier, courier_name: `送餐员${courier}`, canteen: 'ST01', mode: 'ebike', boxes: 12, changed: false,
    trips: trips.map((stops, index) => ({
      number: index + 1, loads_at: at, departs_at: at, returns_at: at, portions: stops.length, stops,
    })),
  }; // prettier-ignore
}

function order(id: number, from: string | null, to: string | null): Order {
  return { id, window_from: from, window_to: to };
}

const PLAN = { duties: [duty('Z2', [stop(3, 1)]), duty('Z1', [stop(1, 1), stop(2, 2, '03:10')])] };

function shown(more: Partial<Loaded> = {}, days: Parameters<typeof shownDuties>[1] = []) {
  return shownDuties({ ...PLAN, orders: [], locks: [], ...more }, days);
}

test('those concerned are asked only where the service would accept', () => {
  const broken = (rule: string, by_hand: boolean, agreeable: boolean) => ({ rule, text: rule, by_hand, agreeable });
  const [window, ride, day] = [broken('window', true, true), broken('ride_limit', true, false), broken('shift', false, false)];
  assert.deepEqual(rulingOf([window, ride, day]), { agreeable: [window], never: [ride], given: [day] });
  assert.deepEqual([[], [day], [window], [window, ride]].map((rules) => acceptable(rules, false)), [true, true, false, false]);
  assert.deepEqual([[window], [window, ride], [ride]].map((rules) => acceptable(rules, true)), [true, false, false]);
});

test('the table joins windows, locks and reports to the stops, couriers by code', () => {
  const duties = shown(
    {
      orders: [order(1, '10:45:00', '11:15:00'), order(2, null, null)],
      locks: [{ order: 2, courier: null, made_by: 'x' }, { order: null, courier: 'Z2', made_by: 'x' }],
    },
    [
      { door: { order: 1 }, status: 'settled', outcome: 'collected' },
      { door: { order: 2 }, status: 'settled', outcome: 'nobody_home' },
      { door: { order: 3 }, status: 'waiting', outcome: null },
    ],
  );
  assert.deepEqual(duties.map((one) => [one.courier, one.locked, one.stops, one.portions]), [['Z1', false, 2, 2], ['Z2', true, 1, 1]]);
  assert.deepEqual(stopOf(duties, 1)?.window, { from: '10:45', to: '11:15' });
  assert.deepEqual([1, 2, 3].map((one) => stopOf(duties, one)?.done), ['delivered', 'not_delivered', null]);
  assert.deepEqual([1, 2].map((one) => stopOf(duties, one)?.locked), [false, true]);
  assert.equal(stopOf(duties, 9), null);
});

test('what differs from the revision before is said in words, kind by kind', () => {
  const was = { courier: null, trip: 2, arrives_at: '2026-11-21T03:11:00Z', portions: 3 };
  const said = (kind: StopChange['kind'], courier: string | null = null) => changeText({ ...was, kind, courier }, words('zh'));
  assert.deepEqual(
    [said('new'), said('courier', 'Z1'), said('courier'), said('trip'), said('order'), said('door'), said('portions'), said('window'), said('time')],
    ['新加', '原由 Z1 送餐员Z1', '原由别人', '原第 2 趟', '顺序有变', '地址有变', '原 3 份', '要求时段有变', '原 11:11'],
  );
});

test('the revision before is the one published before, not a draft', () => {
  const revision = (number: number, published_at: string | null) => ({ number, published_at }) as Summary;
  const all = [revision(1, 'x'), revision(2, null), revision(3, 'x')];
  assert.equal(publishedBefore(all, 3), 1);
  assert.equal(publishedBefore(all, 1), null);
});

test('the office waits for who has confirmed nothing from the last change of the duty on', () => {
  const one = (courier: string, changed_in: number | null, seen: number | null) => ({ courier, changed_in, progress: { seen } });
  const all = [one('Z1', 2, null), one('Z2', 2, 1), one('Z3', 2, 2), one('Z4', 2, 3), one('Z5', null, null), one('Z6', null, 1)];
  assert.deepEqual(unseen(all), [{ courier: 'Z1', revision: 2 }, { courier: 'Z2', revision: 2 }]);
  const { say } = words('zh');
  assert.deepEqual(all.map((each) => seenText(each, say)), ['未确认', '仅第1版', '第2版', '第3版', '–', '第1版']);
});

test('an order is moved once, a trip given away once, and a list of moves has an end', () => {
  const move = (number: number, courier = 'Z2'): Move => ({ kind: 'stop_moved', order: number, courier, trip: 1, place: null, departs: null });
  const list = withMove(withMove([move(1)], move(2)), { kind: 'stop_taken_out', order: 1 });
  assert.deepEqual(list.map((one) => one.kind), ['stop_moved', 'stop_taken_out']);
  const many = Array.from({ length: 30 }, (_, index) => index).reduce<Move[]>((all, number) => withMove(all, move(number)), []);
  assert.equal(many.length, MOST_MOVES);
});

test('a drop on a stop takes its place, on a trip the best, on itself nothing', () => {
  const duties = shown();
  const one = stopOf(duties, 1);
  assert.ok(one);
  assert.deepEqual(dropped(one, { courier: 'Z2', trip: 1, place: 1 }), { kind: 'stop_moved', order: 1, courier: 'Z2', trip: 1, place: 1, departs: null });
  assert.equal(dropped(one, { courier: 'Z2', trip: 1, place: null })?.place, null);
  assert.equal(dropped(one, { courier: 'Z1', trip: 1, place: 1 }), null);
  assert.equal(dropped(one, { courier: 'Z1', trip: 1, place: null }), null);
  assert.equal(dropped(one, { courier: 'Z1', trip: 1, place: 2 })?.place, 2);
  assert.equal(placesOn(duties, 'Z1', 1, 1), 2);
  assert.equal(placesOn(duties, 'Z2', 1, 1), 2);
});

test('each kind of change is asked with what it needs, and says what is missing', () => {
  const ask = (kind: (typeof KINDS)[number], more = {}) => questionOf({ ...EMPTY, kind, ...more });
  assert.deepEqual(KINDS.map((kind) => 'missing' in ask(kind)), [true, true, true, true, false, true, true, false, true]);
  assert.deepEqual(ask('handed_back', { courier: 'Z1' }), { asked: { kind: 'handed_back' } });
  assert.deepEqual(ask('order_cancelled', { elder: 'A1' }), { asked: { kind: 'order_cancelled', elder: 'A1' } });
  const window = { from: '11:00', to: '12:00' };
  assert.deepEqual(ask('order_urgent', { elder: 'A1', ...window, note: ' 软食 ' }), {
    asked: { kind: 'order_urgent', elder: 'A1', portions: 1, window, note: '软食' },
  });
  assert.deepEqual(ask('order_amended', { elder: 'A1' }), { missing: 'what_else' });
  assert.deepEqual(ask('order_amended', { elder: 'A1', portions: '2' }), { asked: { kind: 'order_amended', elder: 'A1', portions: 2 } });
  assert.deepEqual(ask('order_amended', { elder: 'A1', portions: '1.5' }), { missing: 'whole_number' });
  assert.deepEqual(ask('order_amended', { elder: 'A1', from: '12:00', to: '11:00' }), { missing: 'in_order' });
  assert.deepEqual(ask('courier_away', { courier: 'Z1', since: '11:20' }), { asked: { kind: 'courier_away', courier: 'Z1', since: '11:20' } });
  assert.deepEqual(ask('courier_comes', { courier: 'Z1' }), { missing: 'which_hours' });
  assert.deepEqual(ask('courier_comes', { courier: 'Z1', ...window }), { asked: { kind: 'courier_comes', courier: 'Z1', hours: window } });
  assert.deepEqual(ask('canteen_late', { canteen: 'ST01' }), { asked: { kind: 'canteen_late', canteen: 'ST01', minutes: 15 } });
  assert.deepEqual(ask('canteen_late', { canteen: 'ST01', minutes: '300' }), { missing: 'whole_number' });
  assert.deepEqual(ask('travel_slower', { percent: '-20', mode: 'foot' }), { asked: { kind: 'travel_slower', percent: -20, mode: 'foot' } });
  assert.deepEqual(ask('street_closed', { places: [[120, 30]] }), { asked: { kind: 'street_closed', places: [[120, 30]], metres: 30 } });
});

test('an address opens the form for whom it names', () => {
  assert.deepEqual(draftsOf(['change'], KINDS), [EMPTY]);
  assert.deepEqual(draftsOf(['change', 'courier_away', 'Z003'], KINDS), [{ ...EMPTY, kind: 'courier_away', courier: 'Z003' }]);
  assert.equal(draftsOf(['change', 'order_urgent', 'A1'], KINDS)[0]?.elder, 'A1');
  assert.equal(draftsOf(['change', 'canteen_late', 'ST01'], KINDS)[0]?.canteen, 'ST01');
  assert.deepEqual(draftsOf(['change', 'nonsense', 'A1'], KINDS), [EMPTY]);
});

test('who sees nobody is not offered changes about elders', () => {
  const kinds = kindsFor(new Set(['make_plans']));
  assert.equal(kinds.length, 6);
  assert.equal(draftsOf(['change', 'order_urgent', 'A1'], kinds)[0]?.kind, 'courier_away');
  assert.equal(kindsFor(new Set(['read_elders'])), KINDS);
});

test('a trip can be given to couriers without a duty, but to nobody who left', () => {
  const file = (code: string, active = true) => ({ code, name: null, canteen: 'ST01', active });
  const carriers = carriersOf(shown(), [file('Z9'), file('Z8', false), file('Z1'), file('Z3')]);
  assert.deepEqual(carriers.map((one) => one.courier), ['Z1', 'Z2', 'Z3', 'Z9']);
});

test('what a proposal tells of its question can be asked again, unless the role was not told whom', () => {
  const told = { kind: 'order_amended', elder: 'A1', window: ['11:00:00', '12:00:00'] };
  assert.deepEqual(askedAgain(told), { ...told, window: { from: '11:00:00', to: '12:00:00' } });
  assert.equal(askedAgain({ kind: 'order_cancelled' }), null);
  assert.deepEqual(askedAgain({ kind: 'travel_slower', percent: 20 }), { kind: 'travel_slower', percent: 20 });
});

test('moves, changes, parts and moments are said in both languages, and nobody is named where nobody is seen', () => {
  const duties = shown();
  const move: Move = { kind: 'stop_moved', order: 1, courier: 'Z2', trip: 1, place: null, departs: null };
  assert.equal(moveText(move, duties, words('zh')), '老人1 → Z2 送餐员Z2，第 1 趟，最合适的位置');
  assert.equal(moveText({ ...move, trip: null, place: 2 }, duties, words('en')), '老人1 → Z2 送餐员Z2, a new trip, stop 2');
  assert.equal(moveText({ kind: 'trip_moved', courier: 'Z1', trip: 1, to: 'Z2', departs: null }, duties, words('en')), 'trip 1 of Z1 送餐员Z1 → Z2 送餐员Z2');
  assert.equal(nameOf({ order: 7, elder: null, meal_point: null }, words('en')), 'order 7');
  assert.equal(nameOf({ order: 7, elder: null, meal_point: 'ZC01' }, words('en')), 'ZC01');
  assert.equal(askedText({ kind: 'stop_taken_out', order: 9 }, duties, words('en')), 'order 9 → nobody');
  assert.equal(askedText({ kind: 'courier_away', courier: 'Z1', since: '11:20:00' }, duties, words('zh')), '送餐员不能来 / 不能继续 · Z1 送餐员Z1 · 11:20–');
  assert.equal(askedText({ kind: 'order_amended', elder: 'A1', window: ['11:00:00', '12:00:00'], portions: 2 }, duties, words('en')), 'Other portions or time · A1 · 11:00–12:00 · 2 portions');
  assert.equal(askedText({ kind: 'order_cancelled' }, duties, words('en')), 'An elder cancels');
  assert.equal(partText({ part: 'travel', amount: -90, cost: -90 }, words('en')), 'minutes of travel −1.5: −90');
  assert.equal(signed(4936.4), '+4,936');
  assert.equal(clock('2026-11-21T03:05:00Z', zone), '11:05');
  assert.equal(stamp('2026-11-20T15:59:00Z', zone, '2026-11-21'), '11-20 23:59');
  assert.equal(stamp('2026-11-20T16:00:00Z', zone, '2026-11-21'), '00:00');
});

test('cost and rules are not said twice', () => {
  const text = ['summary', 'cost', 'rule one', 'who'];
  assert.deepEqual(toldOf({ text, rules: [{ rule: 'window', text: 'rule one', by_hand: true }] }), ['summary', 'who']);
});

test('the map fades who is not selected, and everybody while a proposal is shown', () => {
  const feature = (courier: string) => ({
    type: 'Feature' as const,
    geometry: { type: 'LineString' as const, coordinates: [[120, 30], [120.1, 30.1]] as [number, number][] },
    properties: { courier },
  });
  const place = (number: number, courier: string, lon: number) => ({
    geometry: { coordinates: [lon, 30] as [number, number] },
    properties: { order: number, courier, trip: 2, number: 1 },
  });
  const loaded = {
    routes: { type: 'FeatureCollection', revision: 1, features: [feature('Z1'), feature('Z2')] },
    places: { features: [place(1, 'Z1', 120), place(3, 'Z2', 121)] },
  } as never as Ways;
  const chosen = { courier: 'Z1', order: 1 };
  const drawn = shapesOf(loaded, ['Z1', 'Z2'], null, chosen, null, []);
  assert.deepEqual(drawn.routes.features.map((one) => one.properties?.['faded']), [false, true]);
  assert.deepEqual(drawn.stops.features.map((one) => one.properties?.['chosen']), [true, false]);
  assert.equal(drawn.stops.features[0]?.properties?.['label'], '2-1');
  const changes = {
    features: [
      { geometry: { type: 'Point' as const, coordinates: [122, 31] }, properties: { change: 'left_out', courier: null } },
      { geometry: null, properties: { proposed: true, courier: 'Z1' } },
    ],
  };
  const during = shapesOf(loaded, ['Z1', 'Z2'], null, chosen, changes, [[120, 30]]);
  assert.ok(during.routes.features.every((one) => one.properties?.['faded']));
  assert.deepEqual(during.changed.features.map((one) => one.properties?.['sign']), ['×']);
  assert.equal(during.closed.features.length, 1);
  assert.deepEqual(boxOf(loaded, chosen, changes), [122, 31, 122, 31]);
  assert.deepEqual(boxOf(loaded, { courier: 'Z2', order: null }, null), [120, 30, 121, 30.1]);
});
