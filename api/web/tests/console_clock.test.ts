// The clock of "nobody opens": what is due, what is loud, and whose clock it runs by.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { closedCases, openCases, overdueOf, readingOf, runningText, ServiceClock } from '../src/console/cases/clock.ts';
import type { Case } from '../src/service/delivery.ts';

const NOON = Date.parse('2026-11-21T04:00:00Z');

function shut(order: number, more: Partial<Case> = {}): Case {
  return {
    door: { order, elder: null, meal_point: null, portions: 1, address: null },
    courier: 'Z01', opened_at: '2026-11-21T04:00:00Z', tries: 1, open: true, withdrawn: false, met_at: null,
    next_step: 'call_elder', due_at: '2026-11-21T04:05:00Z', overdue_seconds: 0, steps: [], closing: null, ...more,
  }; // prettier-ignore
}

test('a case runs from the moment the door stayed shut and says what is left', () => {
  assert.deepEqual(readingOf(shut(1), NOON + 125_000), { running: 125, left: 175, overdue: false });
  assert.equal(runningText(125), '2:05');
  assert.equal(runningText(3723), '1:02:03');
});

test('a step is overdue one second after its time, not before', () => {
  assert.equal(readingOf(shut(1), NOON + 300_000).overdue, false);
  const late = readingOf(shut(1), NOON + 301_000);
  assert.deepEqual([late.overdue, late.left], [true, -1]);
  assert.equal(runningText(late.left ?? 0), '0:01');
});

test('a clock ahead of the service never runs backwards', () => {
  assert.equal(readingOf(shut(1), NOON - 30_000).running, 0);
});

test('a case whose elder was met, or that is closed, is not loud however long it runs', () => {
  const met = shut(1, { due_at: null, met_at: '2026-11-21T04:10:00Z' });
  const closed = shut(2, { open: false });
  assert.deepEqual(overdueOf([met, closed], NOON + 9_000_000), []);
  assert.equal(readingOf(closed, NOON + 9_000_000).left, null);
});

test('what is due first stands first, what is calm last', () => {
  const calm = shut(1, { due_at: null });
  const later = shut(2, { due_at: '2026-11-21T04:15:00Z' });
  const sooner = shut(3, { opened_at: '2026-11-21T04:02:00Z' });
  const done = shut(4, { open: false });
  assert.deepEqual(openCases([calm, later, sooner, done]).map((one) => one.door.order), [3, 2, 1]);
});

test('of closed cases the last closed stands first', () => {
  const at = (moment: string) => ({ uid: 'u', finding: 'well', at: moment, by: 'x', note: null }) as const;
  const first = shut(1, { open: false, closing: at('2026-11-21T04:20:00Z') });
  const second = shut(2, { open: false, closing: at('2026-11-21T04:30:00Z') });
  assert.deepEqual(closedCases([first, second, shut(3)]).map((one) => one.door.order), [2, 1]);
});

test('each overdue step is announced under a name of its own', () => {
  const names = (one: Case) => overdueOf([one], NOON + 9_000_000).map(({ name }) => name);
  assert.notDeepEqual(names(shut(1)), names(shut(1, { next_step: 'call_contact' })));
  assert.notDeepEqual(names(shut(1)), names(shut(1, { opened_at: '2026-11-21T04:30:00Z' })));
});

test('the time shown is the service’s, by a steady clock, whatever the computer believes', () => {
  let steady = 5_000;
  const clock = new ServiceClock(() => steady);
  assert.equal(clock.now(), null);
  clock.set('2026-11-21T04:00:00Z');
  steady += 90_000;
  assert.equal(clock.now(), NOON + 90_000);
  clock.set('2026-11-21T04:01:31Z');
  assert.equal(clock.now(), NOON + 91_000);
});
