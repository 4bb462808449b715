// What the couriers' page computes: progress, changes, loads, links, ids, words.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { changesBetween, withLater } from '../src/phone/changes.ts';
import { newId } from '../src/phone/ids.ts';
import { loadOf } from '../src/phone/loads.ts';
import { navigationLinks } from '../src/phone/navigation.ts';
import { left, nextStep, progress, unconfirmed } from '../src/phone/progress.ts';
import type { Entry } from '../src/phone/queue.ts';
import { KEYS, speaker } from '../src/phone/texts.ts';
import type { Duty, Report, Stop, Trip } from '../src/phone/types.ts';
import { clockTime, distance, listed } from '../src/phone/words.ts';

function stop(order: number, number: number, more: Partial<Stop> = {}): Stop {
  return {
    order, number, kind: 'delivery', arrives_at: '2026-11-21T03:00:00Z', ride_seconds: 300,
    inside_circle: true, name: `老人${order}`, short_name: '老奶奶', address: '1幢', floor: 3,
    lift: false, phone: '139', door_note: null, portions: 1, diets: [], needs: [],
    window_from: null, window_to: null, contacts: [], place: null, status: 'waiting',
    outcome: null, outcome_uid: null, outcome_at: null, fates: {}, given_to: null, case: null, ...more,
  }; // prettier-ignore
}

function trip(number: number, stops: Stop[], more: Partial<Trip> = {}): Trip {
  const at = '2026-11-21T02:40:00Z';
  return {
    number, loads_at: at, departs_at: at, returns_at: at, portions: stops.length, specials: [],
    status: 'waiting', departed_at: null, returned_at: null, stops, ...more,
  }; // prettier-ignore
}

function duty(trips: Trip[], revision = 1): Duty {
  return {
    day: '2026-11-21', meal: 'lunch', revision, courier: 'Z01', courier_name: '王', canteen: '食堂',
    mode: 'ebike', loading: { name: '食堂', phone: null, address: null, place: null },
    readable_until: '2026-11-21T05:30:00Z', status: 'waiting', seen_revision: null, changed_in: null,
    handed_back_at: null, no_answer_minutes: [5, 10, 15, 60], trips,
  }; // prettier-ignore
}

let places = 0;

function entry(report: Omit<Report, 'at'>, state: Entry['state'] = 'waiting'): Entry {
  places += 1;
  return {
    place: places, service: { day: '2026-11-21', meal: 'lunch' }, state, message: null,
    report: { ...report, at: '2026-11-21T03:00:00Z' },
  }; // prettier-ignore
}

const TWO = () => duty([trip(1, [stop(11, 1), stop(12, 2)]), trip(2, [stop(21, 1)])]);

test('a duty goes from loading over its stops to the return and the next trip', () => {
  const entries: Entry[] = [];
  const kind = () => nextStep(progress(TWO(), entries)).kind;
  assert.equal(kind(), 'load');
  entries.push(entry({ id: 'a', kind: 'departed', trip: 1, revision: 1 }));
  const first = nextStep(progress(TWO(), entries));
  assert.equal(first.kind === 'stop' && first.stop.order, 11);
  entries.push(entry({ id: 'b', kind: 'outcome', order: 11, outcome: 'handed_over' }));
  const second = nextStep(progress(TWO(), entries));
  assert.equal(second.kind === 'stop' && second.stop.order, 12);
  entries.push(entry({ id: 'c', kind: 'outcome', order: 12, outcome: 'refused' }));
  assert.equal(kind(), 'return');
  entries.push(entry({ id: 'd', kind: 'returned', trip: 1, revision: 1 }));
  assert.equal(kind(), 'load');
  entries.push(entry({ id: 'e', kind: 'outcome', order: 21, outcome: 'handed_over' }));
  entries.push(entry({ id: 'f', kind: 'returned', trip: 2, revision: 1 }));
  assert.equal(kind(), 'finished');
});

test('who handed back is sent to no further stop, until it is taken back', () => {
  const back = entry({ id: 'h', kind: 'handed_back' });
  assert.equal(nextStep(progress(TWO(), [back])).kind, 'handed_back');
  const again = entry({ id: 'i', kind: 'retracted', about: 'h' });
  assert.equal(nextStep(progress(TWO(), [back, again])).kind, 'load');
});

test('a forgotten return does not hold the next trip back', () => {
  const entries = [
    entry({ id: 'a', kind: 'outcome', order: 11, outcome: 'handed_over' }),
    entry({ id: 'b', kind: 'outcome', order: 12, outcome: 'handed_over' }),
    entry({ id: 'c', kind: 'departed', trip: 2, revision: 1 }),
  ];
  const next = nextStep(progress(TWO(), entries));
  assert.equal(next.kind === 'stop' && next.stop.order, 21);
});

test('a report taken back or replaced does not show, one that does not count neither', () => {
  const said = entry({ id: 'a', kind: 'outcome', order: 11, outcome: 'refused' });
  const seen = (...entries: Entry[]) => progress(TWO(), entries).trips[0]?.stops[0]?.result;
  assert.equal(seen(said)?.outcome, 'refused');
  assert.equal(seen(said, entry({ id: 'b', kind: 'retracted', about: 'a' })), null);
  const anew = entry({ id: 'c', kind: 'outcome', order: 11, outcome: 'handed_over', about: 'a' });
  assert.equal(seen(said, anew)?.outcome, 'handed_over');
  assert.equal(seen({ ...said, state: 'apart' }), null);
});

test('what the service knows shows until the phone takes it back', () => {
  const known = duty([
    trip(1, [stop(11, 1, { outcome: 'handed_over', outcome_uid: 'x', status: 'settled' })]),
  ]);
  assert.equal(left(progress(known, [])), 0);
  assert.equal(left(progress(known, [entry({ id: 'y', kind: 'retracted', about: 'x' })])), 1);
});

test('a revision tells what is new, moved, changed and gone, and nothing of what is done', () => {
  const before = duty([trip(1, [stop(11, 1, { status: 'settled' }), stop(12, 2), stop(13, 3), stop(14, 4)])]);
  const after = duty([
    trip(1, [
      stop(11, 1, { status: 'settled', door_note: '新' }), stop(13, 2, { door_note: '敲门' }), stop(12, 3), stop(15, 4),
    ]),
  ], 2); // prettier-ignore
  const changes = changesBetween(before, after);
  assert.deepEqual(changes.marks, { 12: 'moved', 13: 'changed', 15: 'new' });
  assert.deepEqual(changes.gone, ['老人14']);
  assert.deepEqual(changesBetween(before, before), { marks: {}, gone: [] });
  const at = (minute: string) => duty([trip(1, [stop(11, 1, { arrives_at: `2026-11-21T03:${minute}:00Z` })])]);
  assert.deepEqual(changesBetween(at('00'), at('05')).marks, { 11: 'retimed' });
  assert.deepEqual(changesBetween(at('05'), at('01')).marks, {});
});

test('what was done since the duty was read is neither gone nor does it move the next stop', () => {
  const before = duty([trip(1, [stop(11, 1), stop(12, 2)])]);
  const after = duty([trip(1, [stop(11, 1, { status: 'settled' }), stop(12, 2)])], 2);
  assert.deepEqual(changesBetween(before, after), { marks: {}, gone: [] });
});

test('a courier is asked until a revision from the last change of the duty on is confirmed', () => {
  const asked = (revision: number, changed_in: number | null, seen_revision: number | null, ...entries: Entry[]) =>
    unconfirmed({ ...duty([], revision), changed_in, seen_revision }, entries);
  const seen = (revision: number, state: Entry['state'] = 'waiting') => entry({ id: `s${revision}`, kind: 'seen', revision }, state);
  assert.equal(asked(1, null, null), false);
  assert.equal(asked(2, null, null), false, 'it concerns others');
  assert.equal(asked(2, 2, null), true);
  assert.equal(asked(3, 2, null), true, 'revision 2 was missed, revision 3 concerns others');
  assert.equal(asked(3, 2, 1), true);
  assert.equal(asked(3, 2, 2), false);
  assert.equal(asked(3, 2, null, seen(3)), false);
  assert.equal(asked(3, 2, null, seen(3, 'apart')), true);
  assert.equal(asked(4, 4, 3), true);
});

test('a change that was not confirmed stays marked under a later revision that changes others', () => {
  const first = duty([trip(1, [stop(11, 1), stop(12, 2), stop(13, 3)])]);
  const second = duty([trip(1, [stop(11, 1), stop(14, 2), stop(12, 3, { portions: 2 })])], 2);
  const third = duty([trip(1, [stop(11, 1), stop(14, 2, { arrives_at: '2026-11-21T03:09:00Z' }), stop(12, 3, { portions: 2 })])], 3);
  const missed = changesBetween(first, second);
  assert.deepEqual(missed, { marks: { 12: 'changed', 14: 'new' }, gone: ['老人13'] });
  assert.deepEqual(withLater(missed, changesBetween(second, second), second), missed);
  assert.deepEqual(withLater(missed, changesBetween(second, third), third), missed, 'new stays new');
  const back = duty([trip(1, [stop(11, 1), stop(12, 2), stop(13, 3)])], 3);
  assert.deepEqual(withLater(missed, changesBetween(second, back), back), { marks: { 12: 'changed', 13: 'new' }, gone: ['老人14'] });
});

test('loads count specials by kind and the ordinary rest last', () => {
  const specials = [
    { name: '甲', portions: 1, diets: ['低糖', '软食'] },
    { name: '乙', portions: 2, diets: ['软食', '低糖'] },
  ];
  assert.deepEqual(loadOf({ portions: 7, specials }).kinds, [
    { diets: ['低糖', '软食'], portions: 3 },
    { diets: [], portions: 4 },
  ]);
  assert.deepEqual(loadOf({ portions: 3, specials }).kinds.length, 1);
});

test('each navigation program gets its own coordinates and nobody’s name', () => {
  const place = { wgs84: [120.1, 30.1], gcj02: [120.2, 30.2], bd09: [120.3, 30.3] } as const;
  const links = navigationLinks({ wgs84: [...place.wgs84], gcj02: [...place.gcj02], bd09: [...place.bd09] }, 'ebike', '第3站');
  assert.equal(new URL(links.amap).searchParams.get('to'), '120.2,30.2,第3站');
  assert.equal(new URL(links.amap).searchParams.get('mode'), 'ride');
  assert.equal(new URL(links.baidu).searchParams.get('location'), '30.3,120.3');
  assert.equal(new URL(links.baidu).searchParams.get('coord_type'), 'bd09ll');
  assert.equal(new URL(links.tencent).searchParams.get('tocoord'), '30.2,120.2');
});

test('ids are random UUIDs with and without a secure address', () => {
  const plain = { getRandomValues: crypto.getRandomValues.bind(crypto) } as typeof crypto;
  for (const source of [crypto, plain]) {
    const ids = Array.from({ length: 50 }, () => newId(source));
    assert.equal(new Set(ids).size, 50);
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('everything is said in both languages with the same values', () => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  const names = new Proxy({}, { get: (_, name) => `{${String(name)}}` });
  for (const key of KEYS) {
    const [zh, en] = [speaker('zh')(key, names), speaker('en')(key, names)];
    assert.ok(zh && en, key);
    assert.deepEqual(holes(zh), holes(en), key);
  }
});

test('one is one and several are several', () => {
  const said = (count: number) => speaker('en')('load', { count });
  assert.deepEqual([1, 2, 0].map(said), ['Load 1 portion', 'Load 2 portions', 'Load 0 portions']);
  assert.equal(speaker('zh')('load', { count: 1 }), '装餐 1 份');
});

test('diets and needs that the service knows are said in the reader’s language, others as typed', () => {
  const diets = ['低糖', '不吃香菜'];
  assert.equal(listed('diet', diets, speaker('en')), 'low sugar, 不吃香菜');
  assert.equal(listed('diet', diets, speaker('zh')), '低糖、不吃香菜');
  assert.equal(listed('need', ['care'], speaker('en')), 'disabled elder');
});

test('where a meal went is read from the service until the phone says something else', () => {
  const known = duty([trip(1, [stop(11, 1, { outcome: 'refused', outcome_uid: 'x', fates: { given: 1 }, given_to: '王婶' })])]);
  const seen = (...entries: Entry[]) => progress(known, entries).trips[0]?.stops[0];
  assert.deepEqual([seen()?.fates, seen()?.given_to], [{ given: 1 }, '王婶']);
  const back = entry({ id: 'a', kind: 'accounted', order: 11, fates: { returned: 1 } });
  assert.deepEqual([seen(back)?.fates, seen(back)?.given_to], [{ returned: 1 }, null]);
});

test('times are local to the service, distances short', () => {
  assert.equal(clockTime('2026-11-21T03:05:00Z', 'Asia/Shanghai'), '11:05');
  assert.deepEqual([4, 432, 1260].map(distance), ['10 m', '430 m', '1.3 km']);
});
