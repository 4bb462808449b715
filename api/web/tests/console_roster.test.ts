// The roster's forms and its import: what is sent of what was typed, where sentences stand, what is sorted how.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canteenEntry, canteenForm, canteenProblems, NEW_CANTEEN, newCanteenEntry } from '../src/console/roster/canteens.ts';
import { courierEntry, courierProblems, NEW_COURIER, newCourierEntry } from '../src/console/roster/couriers.ts';
import { EMPTY, entryOf, formOf, newEntryOf, problemsOf, rebased, standingOf } from '../src/console/roster/editing.ts';
import { boxOf, guessText, sameName, worthSearching } from '../src/console/roster/guessing.ts';
import { kindOf, previewOf } from '../src/console/roster/importing.ts';
import { NEW_POINT, newPointEntry, pointEntry, pointForm } from '../src/console/roster/points.ts';
import type { Elder, Finding, ImportReport, MealPoint, Standing } from '../src/console/roster/types.ts';
import { valueText, weekdaysText } from '../src/console/roster/words.ts';
import { speaker } from '../src/console/texts.ts';
import type { Place } from '../src/service/places.ts';

const say = speaker('zh');
const TODAY = '2026-11-22';

const LUNCH: Standing = {
  meal: 'lunch', way: 'delivery', portions: 1, weekdays: [0, 2, 4], valid_from: '2026-01-01',
  valid_to: null, window_from: '11:00:00', window_to: '11:45:00',
}; // prettier-ignore

const ELDER: Elder = {
  code: 'L1', name: '段建娟', sex: 'female', birth_date: '1938-05-06', phone: '13800000001',
  care_level: 'independent', lives_alone: true, hardship: null, diets: ['低糖'], door_note: null,
  canteen: 'ST01', canteen_given: false, meal_point: null, courier: 'Z01', handover_seconds: null,
  priority: null, ended_on: null, end_reason: null,
  home: {
    compound: '荷风苑', building: '3幢', unit: null, floor: 5, lift: false, room: '501', lon: 120,
    lat: 30, unlocated_reason: null, unlocated_detail: null,
  },
  contacts: [{ name: '女儿', phone: '13700000001', relation: null }],
  standing_orders: [LUNCH], pauses: [], order_changes: [],
}; // prettier-ignore

const WAS = formOf(ELDER, TODAY);

test('a form that was not touched sends nothing, whatever the file holds', () => {
  assert.deepEqual(entryOf(WAS, WAS), {});
  const masked = formOf({ ...ELDER, diets: null, contacts: [] }, TODAY);
  assert.deepEqual(entryOf(masked, masked), {});
});

test('only what was changed is sent; an emptied field clears', () => {
  const form = { ...WAS, phone: '', floor: '三楼', diets: ['低糖', '软食'], lives_alone: false };
  assert.deepEqual(entryOf(form, WAS), {
    phone: null,
    address: { floor: '三楼' },
    diets: ['低糖', '软食'],
    lives_alone: false,
  });
});

test('a meal is sent whole, with its weekdays as bits; no portions end it', () => {
  const twice = { ...WAS, lunch: { ...WAS.lunch, portions: '2' } };
  const window = { first: '11:00', last: '11:45' };
  assert.deepEqual(entryOf(twice, WAS)['standing'], [
    { meal: 'lunch', portions: '2', way: 'delivery', weekdays: 0b10101, window },
  ]);
  const none = { ...WAS, lunch: { ...WAS.lunch, portions: '', weekdays: [] } };
  assert.deepEqual(entryOf(none, WAS)['standing'], [{ meal: 'lunch', portions: '0', way: 'delivery', window }]);
});

test('contacts that were left blank are not sent', () => {
  const form = { ...WAS, contacts: [...WAS.contacts, { name: ' ', phone: '', relation: '' }] };
  assert.deepEqual(entryOf(form, WAS)['contacts'], [{ name: '女儿', phone: '13700000001', relation: null }]);
});

test('the standing order that holds is the latest that has not ended', () => {
  const old = { ...LUNCH, valid_from: '2025-01-01', valid_to: '2025-12-31' };
  const coming = { ...LUNCH, valid_from: '2026-12-01', portions: 3 };
  assert.equal(standingOf({ ...ELDER, standing_orders: [coming, old, LUNCH] }, 'lunch', TODAY)?.portions, 3);
  assert.equal(standingOf({ ...ELDER, standing_orders: [old] }, 'lunch', TODAY), null);
});

test('a sentence of the service stands at the field that it is about', () => {
  const form = { ...WAS, dinner: { ...WAS.dinner, portions: '30' }, phone: '1' };
  const refused = [
    { field: 'body.phone', message: 'a' },
    { field: 'body.address.floor', message: 'b' },
    { field: 'body.standing.0.portions', message: 'c' },
    { field: 'body.contacts.1.phone', message: 'd' },
    { field: 'body.standing.0.window.first', message: 'e' },
  ];
  assert.deepEqual(problemsOf(refused, entryOf(form, WAS)), {
    phone: 'a',
    floor: 'b',
    'dinner.portions': 'c',
    'contacts.1.phone': 'd',
    'dinner.window': 'e',
  });
});

test('what was typed stays when the file changes beneath it', () => {
  const now = formOf({ ...ELDER, standing_orders: [] }, TODAY);
  const form = rebased({ ...WAS, phone: '13900000000' }, WAS, now);
  assert.equal(form.phone, '13900000000');
  assert.equal(form.lunch.portions, '');
});

test('a new file has its code and name even when they are empty, so that the service can say so', () => {
  assert.deepEqual(newEntryOf(EMPTY), { code: '', name: '' });
  assert.deepEqual(newEntryOf({ ...EMPTY, code: 'L9', name: '王', sex: 'male' }), { code: 'L9', name: '王', sex: 'male' });
  assert.equal(newCourierEntry({ ...NEW_COURIER, code: 'Z9' })['canteen'], '');
});

test('of a courier and a canteen only what was changed is sent', () => {
  const shift = { weekdays: [0, 1], starts: '10:30', ends: '12:30' };
  assert.deepEqual(courierEntry({ ...NEW_COURIER, care: true, shifts: [shift] }, NEW_COURIER), {
    care: true,
    shifts: [{ weekdays: 3, starts: '10:30', ends: '12:30' }],
  });
  assert.deepEqual(courierProblems([{ field: 'body.shifts.1.ends', message: 'x' }]), { 'shifts.1.ends': 'x' });
  const canteen = canteenForm({
    code: 'ST01', name: '食堂', address: null, phone: null, note: null, active: true, lon: 120, lat: 30,
    unlocated_reason: null, meals: [{ meal: 'lunch', capacity: 100, opens: '10:30:00', closes: '12:30:00' }],
  }); // prettier-ignore
  assert.deepEqual(canteenEntry({ ...canteen, lunch: { ...canteen.lunch, capacity: '' } }, canteen), {
    meals: [{ meal: 'lunch', capacity: null, opens: '10:30', closes: '12:30' }],
  });
});

test('weekdays and changed values are said in words', () => {
  assert.equal(weekdaysText(say, [4, 3, 2, 1, 0]), '工作日');
  assert.equal(weekdaysText(say, [0, 2]), '一、三');
  assert.equal(valueText(say, 'care_level', 'disabled'), '失能');
  assert.equal(valueText(say, 'lives_alone', false), '否');
  assert.equal(valueText(say, 'place', 'swapped_axes'), '经纬度写反');
  assert.equal(valueText(say, 'place', [120.1, 30.2]), '120.10000, 30.20000');
  assert.equal(valueText(say, 'lunch', null), '（空）');
  const order = { way: 'delivery', portions: 2, weekdays: [0, 1, 2, 3, 4, 5, 6], window: ['11:00', '11:45'] };
  assert.equal(valueText(say, 'lunch', order), '送餐上门 2 份 每天 11:00–11:45');
  assert.equal(valueText(say, 'shifts', [[[5, 6], '10:30', '12:30']]), '周末 10:30–12:30');
});

test('a preview is sorted by what a person has to look at', () => {
  const finding = (severity: Finding['severity']) => ({ severity }) as Finding;
  const change = { kind: 'elders', code: 'L1', name: '段', file: 'f', sheet: '', row: 2, fields: [] } as const;
  const report: ImportReport = {
    run_id: 1,
    dry_run: true,
    counts: {},
    severities: { error: 1, warning: 1, place: 1, note: 1 },
    findings: [finding('note'), finding('error'), finding('place'), finding('warning')],
    changes: [{ ...change, fields: [], new: true }, { ...change, fields: [], code: 'L2', new: false }],
    missing: { elders: [{ code: 'L3', name: '林' }] },
  };
  const { fresh, changed, refused, unlocated, others, missing } = previewOf(report);
  assert.deepEqual([fresh[0]?.code, changed[0]?.code], ['L1', 'L2']);
  assert.deepEqual([refused, unlocated, others].map((one) => one.map(({ severity }) => severity)), [
    ['error'],
    ['place'],
    ['warning', 'note'],
  ]);
  assert.deepEqual(missing, [{ kind: 'elders', code: 'L3', name: '林' }]);
});

test('the kind of a list is guessed by the name of its file, and else asked for', () => {
  assert.equal(kindOf('11月老人名单.xlsx'), 'elders');
  assert.equal(kindOf('送餐员.csv'), 'couriers');
  assert.equal(kindOf('canteens.xlsx'), 'canteens');
  assert.equal(kindOf('Book1.xlsx'), null);
});

const POINT: MealPoint = {
  code: 'ZC01', name: '东门', canteen: 'ST01', address: null, note: null, capacity: 40, opens: '10:30:00',
  closes: '12:30:00', active: true, lon: null, lat: null, unlocated_reason: 'missing',
}; // prettier-ignore

test('a meal point sends what was changed, a new one what every meal point has', () => {
  const form = pointForm(POINT);
  assert.deepEqual(pointEntry(form, form), {});
  assert.deepEqual(pointEntry({ ...form, capacity: '', opens: '11:00', active: false }, form), {
    capacity: null, opens: '11:00', active: false,
  }); // prettier-ignore
  assert.deepEqual(newPointEntry({ ...NEW_POINT, note: '门口' }), {
    code: '', name: '', canteen: '', capacity: '', note: '门口',
  }); // prettier-ignore
});

test('a new canteen sends its code and name though they are empty, and sentences find their meal', () => {
  const form = { ...NEW_CANTEEN, dinner: { capacity: 'x', opens: '', closes: '' } };
  const sent = newCanteenEntry(form);
  assert.deepEqual(sent, {
    code: '', name: '', meals: [{ meal: 'dinner', capacity: 'x', opens: null, closes: null }],
  }); // prettier-ignore
  const fields = [{ field: 'body.meals.0.capacity', message: 'number' }, { field: 'body.name', message: 'needed' }];
  assert.deepEqual(canteenProblems(fields, sent), { 'dinner.capacity': 'number', name: 'needed' });
});

test('the map opens close to a guess, wider around a canteen, and says what the guess is made of', () => {
  const width = (kind: 'homes' | 'canteen') => {
    const [west = 0, , east = 0] = boxOf({ kind, point: [120, 30] }) ?? [];
    return east - west;
  };
  assert.ok(width('homes') <= 0.003 && width('canteen') > width('homes'));
  assert.equal(boxOf(null), null);
  assert.equal(guessText(say, { kind: 'found', point: [120, 30], name: '西子苑' }), '地图打开在“西子苑”。');
  assert.match(guessText(say, null), /请先查找/);
});

test('only a compound of just the same name is taken from a search, and only where nothing better is known', () => {
  const place = (name: string) => ({ kind: 'compound', name, point: [120.1, 30.2] }) as Place;
  assert.deepEqual(sameName([place('西子苑东区'), place('西子苑')], '西子苑小区')?.name, '西子苑');
  assert.equal(sameName([place('西子苑东区')], '西子苑'), null);
  assert.ok(worthSearching(null) && worthSearching({ kind: 'canteen', point: [120, 30] }));
  assert.ok(!worthSearching({ kind: 'homes', point: [120, 30] }));
});
