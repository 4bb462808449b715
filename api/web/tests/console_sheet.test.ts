// Keying in a paper sheet: what a key does, what is asked to be put right, and what is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clearOld, keptDraft, nameOfDraft } from '../src/console/entering/drafts.ts';
import { openShelf } from '../src/console/entering/shelf.ts';
import {
  allHandedOver, deedOf, emptyDraft, isBlank, lineOf, mistakesOf, sheetEntry, ticked, withLine, withTimes,
} from '../src/console/entering/sheet.ts'; // prettier-ignore
import { momentOf, timeOf } from '../src/console/entering/times.ts';
import type { Duty, StopDay } from '../src/service/delivery.ts';
import type { Service } from '../src/service/types.ts';

const SERVICE: Service = { day: '2026-11-21', meal: 'lunch', published_revision: 2 };
const ZONE = 'Asia/Shanghai';

const stop = (order: number, portions = 1) => ({
  number: order, order, portions, arrives_at: '2026-11-21T03:00:00Z', elder: null, meal_point: null,
});
const trip = (number: number, orders: number[]) => ({
  number, departs_at: '2026-11-21T02:50:00Z', returns_at: '2026-11-21T03:30:00Z', stops: orders.map((order) => stop(order, order)),
}); // prettier-ignore
const DUTY: Duty = { courier: 'Z/1', courier_name: null, trips: [trip(1, [1, 2]), trip(2, [3])] };

function sent(draft: ReturnType<typeof emptyDraft>) {
  return sheetEntry(SERVICE, ZONE, DUTY, draft, 'sheet-0001', 'name');
}

test('every outcome has a digit of its own, and keys that mean nothing are left alone', () => {
  assert.deepEqual(deedOf('1'), { do: 'tick', outcome: 'handed_over' });
  assert.deepEqual(deedOf('4'), { do: 'tick', outcome: 'nobody_home' });
  assert.deepEqual(deedOf('8'), { do: 'tick', outcome: 'other' });
  assert.deepEqual(deedOf('ArrowUp'), { do: 'move', by: -1 });
  assert.deepEqual(deedOf('0'), { do: 'clear' });
  assert.deepEqual([deedOf('9'), deedOf('Tab'), deedOf(' ')], [null, null, null]);
});

test('"all handed over" ticks only blank lines of which nothing is known', () => {
  const known = new Map([[2, { outcome: 'nobody_home' } as StopDay], [3, { outcome: null } as StopDay]]);
  const refused = withLine(emptyDraft(2), 1, { outcome: 'refused' });
  const all = allHandedOver(refused, DUTY, known);
  assert.deepEqual([1, 2, 3].map((order) => lineOf(all, order).outcome), ['refused', null, 'handed_over']);
  assert.equal(ticked(all, DUTY), 2);
});

test('a line that turns out served forgets where the meal went', () => {
  const returned = withLine(emptyDraft(2), 1, { outcome: 'refused', fate: 'returned' });
  assert.equal(lineOf(returned, 1).fate, 'returned');
  assert.equal(lineOf(withLine(returned, 1, { outcome: 'handed_over' }), 1).fate, null);
});

test('a whole sheet is one request, without the lines that are not ticked', () => {
  let draft = withLine(emptyDraft(2), 1, { outcome: 'handed_over', time: '1132' });
  draft = withLine(draft, 3, { outcome: 'refused', note: ' 吃过了 ', fate: 'returned' });
  draft = withTimes(draft, 1, { departed: '11:05' });
  const entry = sent(draft);
  assert.equal(entry.path, '/api/v1/services/2026-11-21/lunch/delivery/sheets/Z%2F1');
  assert.deepEqual(entry.body, {
    id: 'sheet-0001',
    revision: 2,
    trips: [
      {
        number: 1, departed_at: '2026-11-21T03:05:00.000Z', returned_at: null,
        stops: [{ order: 1, outcome: 'handed_over', at: '2026-11-21T03:32:00.000Z', note: null, fates: null }],
      },
      {
        number: 2, departed_at: null, returned_at: null,
        stops: [{ order: 3, outcome: 'refused', at: null, note: '吃过了', fates: { returned: 3 } }],
      },
    ],
  }); // prettier-ignore
});

test('a trip of which nothing is written is left out', () => {
  const { body } = sent(withTimes(emptyDraft(2), 2, { returned: '1210' })) as { body: { trips: { number: number }[] } };
  assert.deepEqual(body.trips.map((one) => one.number), [2]);
});

test('what cannot be read is named with its field before anything is sent', () => {
  let draft = withLine(emptyDraft(2), 1, { outcome: 'handed_over', time: '25:00' });
  draft = withLine(draft, 2, { time: '1140' });
  draft = withLine(draft, 3, { outcome: 'other' });
  draft = withTimes(draft, 2, { returned: 'noon' });
  assert.deepEqual(mistakesOf(draft, DUTY), [
    { what: 'sheet_bad_time', field: 'time-1' },
    { what: 'sheet_time_without_outcome', field: 'time-2' },
    { what: 'sheet_bad_time', field: 'returned-2' },
    { what: 'sheet_needs_note', field: 'note-3' },
  ]);
  assert.deepEqual(mistakesOf(withLine(emptyDraft(2), 1, { outcome: 'refused' }), DUTY), []);
  assert.deepEqual(mistakesOf(emptyDraft(2), DUTY), [{ what: 'sheet_nothing', field: 'all' }]);
});

test('a sheet is blank until a line is ticked or a time is written', () => {
  assert.equal(isBlank(emptyDraft(2)), true);
  assert.equal(isBlank(withLine(emptyDraft(2), 1, { outcome: null })), true);
  assert.equal(isBlank(withTimes(emptyDraft(2), 1, { departed: '1100' })), false);
});

test('times are read as people write them, and mean the service’s zone', () => {
  assert.deepEqual(['1132', '11:32', '9.05', '905', '11：32'].map(timeOf), ['11:32', '11:32', '09:05', '09:05', '11:32']);
  assert.deepEqual(['', '2460', '11:60', '5', 'noon'].map(timeOf), [null, null, null, null, null]);
  assert.equal(momentOf('2026-11-21', '11:32', ZONE), '2026-11-21T03:32:00.000Z');
  assert.equal(momentOf('2026-07-01', '11:32', 'Europe/Berlin'), '2026-07-01T09:32:00.000Z');
});

test('drafts are kept by sheet and person, and those of services long past are thrown away', () => {
  const shelf = openShelf(() => { throw new DOMException('forbidden'); }, 'wang'); // prettier-ignore
  const name = nameOfDraft(SERVICE, 'Z01', 2);
  shelf.write(name, emptyDraft(2));
  shelf.write(nameOfDraft({ ...SERVICE, day: '2026-11-01' }, 'Z01', 2), emptyDraft(2));
  clearOld(shelf, '2026-11-22');
  assert.deepEqual(shelf.names('sheet/'), [name]);
  assert.deepEqual(keptDraft(shelf, name), emptyDraft(2));
  assert.equal(keptDraft(shelf, nameOfDraft(SERVICE, 'Z01', 1)), null);
});
