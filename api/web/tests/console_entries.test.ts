// What the office enters about cases, meals left over and meals at the counter.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { closingEntry, fateEntry, isBroughtOut, stepEntry } from '../src/console/cases/entries.ts';
import { withPending } from '../src/console/cases/pending.ts';
import { chosenBy } from '../src/console/eaten/recording.ts';
import { NOTHING } from '../src/console/live/watcher.ts';
import type { Case, StopDay } from '../src/service/delivery.ts';
import type { Service } from '../src/service/types.ts';

const SERVICE: Service = { day: '2026-11-21', meal: 'lunch', published_revision: 1 };
const door = { order: 7, elder: null, meal_point: null, portions: 3, address: null };
const row = (code: string) => ({ code, name: '王桂英', phone: null, compound: null });
const report = (entry: { body: unknown }) => (entry.body as { reports: object[] }).reports[0];

test('a step says when it was taken, by the service’s clock, in case it is sent late', () => {
  const now = Date.parse('2026-11-21T04:03:00Z');
  const entry = stepEntry(SERVICE, 'id-00001', { door } as Case, 'call_elder', 'not_reached', ' ', now);
  assert.deepEqual(report(entry), {
    id: 'id-00001', kind: 'step', order: 7, step: 'call_elder', result: 'not_reached', at: '2026-11-21T04:03:00.000Z',
  }); // prettier-ignore
  assert.equal('at' in (report(stepEntry(SERVICE, 'x', { door } as Case, 'call_elder', 'reached', '', null)) ?? {}), false);
});

test('portions that went somewhere are added to those known, or replace them', () => {
  const stop = { door, fates: { returned: 1 } } as StopDay;
  const fates = (anew: boolean) => (report(fateEntry(SERVICE, 'x', stop, 'returned', 2, '', anew)) as { fates: object }).fates;
  assert.deepEqual(fates(false), { returned: 3 });
  assert.deepEqual(fates(true), { returned: 2 });
  assert.deepEqual((report(fateEntry(SERVICE, 'x', stop, 'given', 1, '门卫')) as { fates: object; note: string }), {
    id: 'x', kind: 'accounted', order: 7, fates: { returned: 1, given: 1 }, note: '门卫',
  }); // prettier-ignore
});

test('Enter records the only one found, or the card that is named whole, and never guesses', () => {
  assert.equal(chosenBy('王', [row('L0001')]), 'L0001');
  assert.equal(chosenBy('l0001', [row('L0001'), row('L00012')]), 'L0001');
  assert.equal(chosenBy('王', [row('L0001'), row('L0002')]), null);
  assert.equal(chosenBy(' l0099 ', []), 'L0099');
  assert.equal(chosenBy('王桂英', []), null);
});

test('nothing can be reported before a plan is published', () => {
  assert.equal(isBroughtOut(null, NOTHING), false);
  assert.equal(isBroughtOut({ ...SERVICE, published_revision: null }, NOTHING), false);
  assert.equal(isBroughtOut(SERVICE, NOTHING), true);
});

test('steps that wait to be sent lead on to the next one, and are shown once when they are known', () => {
  const one = {
    door, opened_at: '2026-11-21T04:00:00Z', due_at: '2026-11-21T04:05:00Z', next_step: 'call_elder', steps: [],
  } as unknown as Case; // prettier-ignore
  const entry = stepEntry(SERVICE, 'id-00001', one, 'call_elder', 'not_reached', '', Date.parse('2026-11-21T04:03:00Z'));
  const unsent = { ...entry, about: 'case/7', place: 1, state: 'waiting', message: null } as const;
  const { shown } = withPending(one, [unsent]);
  assert.deepEqual([shown.next_step, shown.due_at, shown.steps.length], ['call_contact', null, 1]);
  const reached = stepEntry(SERVICE, 'id-00002', one, 'call_contact', 'reached', '', null);
  assert.equal(withPending(one, [unsent, { ...unsent, ...reached }]).shown.next_step, null);
  const known = { ...one, next_step: 'call_contact' as const, steps: shown.steps };
  assert.equal(withPending(known, [unsent]).shown, known);
  assert.equal(withPending(one, [{ ...unsent, about: 'case/8' }]).shown, one);
  const closing = closingEntry(SERVICE, 'id-00003', one, 'well', '', null);
  assert.deepEqual(withPending(one, [{ ...unsent, ...closing }]), { shown: one, closing: true });
});
