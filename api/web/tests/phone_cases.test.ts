// The clock of "nobody opens" on the phone: from what it knows, with or without a network.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type CaseFacts, caseOf, span } from '../src/phone/cases.ts';
import type { KnownCase, Report, Stop } from '../src/phone/types.ts';

const OPENED = Date.parse('2026-11-21T03:00:00Z');
const LIMITS = [5, 10, 15, 60];

function moment(minutes: number): string {
  return new Date(OPENED + minutes * 60_000).toISOString();
}

function stop(known: Partial<KnownCase> | null = null): Stop {
  const told = known && { opened_at: moment(0), steps: [], met_at: null, closed_at: null, ...known };
  return { order: 11, case: told, outcome: told && 'nobody_home', outcome_uid: told && 'x' } as unknown as Stop;
}

function own(id: string, minutes: number, more: Partial<Report>): Report {
  return { id, kind: more.step ? 'step' : 'outcome', order: 11, at: moment(minutes), ...more };
}

function facts(reports: Report[] = [], more: Partial<CaseFacts> = {}): CaseFacts {
  return { reports, taken: new Set<string>(), limits: LIMITS, off: 0, ...more };
}

const SHUT = own('a', 0, { outcome: 'nobody_home' });
const minutesLeft = (found: ReturnType<typeof caseOf>) =>
  found?.dueAt === undefined || found.dueAt === null ? null : (found.dueAt - OPENED) / 60_000;

test('a report that nobody has received yet starts the clock of the first step', () => {
  const found = caseOf(stop(), facts([SHUT]));
  assert.equal(found?.next, 'call_elder');
  assert.equal(minutesLeft(found), 5);
});

test('each step taken without a network leads to the next and its time', () => {
  const called = own('b', 2, { step: 'call_elder', result: 'not_reached' });
  const found = caseOf(stop(), facts([SHUT, called]));
  assert.equal(found?.next, 'call_contact');
  assert.equal(minutesLeft(found), 10);
  const again = own('c', 6, { step: 'call_contact', result: 'reached' });
  const reached = caseOf(stop(), facts([SHUT, called, again]));
  assert.equal(reached?.next, null);
  assert.deepEqual(reached?.steps.map((one) => one.step), ['call_elder', 'call_contact']);
});

test('steps of the office and of this phone are put together, each once', () => {
  const step = { uid: 'b', step: 'call_elder', result: 'not_reached', at: moment(2), by_office: false } as const;
  const office = { uid: 'c', step: 'call_contact', result: 'impossible', at: moment(3), by_office: true } as const;
  const here = own('b', 2, { step: 'call_elder', result: 'not_reached' });
  const found = caseOf(stop({ steps: [step, office] }), facts([here]));
  assert.deepEqual(found?.steps.map((one) => [one.step, one.byOffice]), [['call_elder', false], ['call_contact', true]]);
  assert.equal(found?.next, 'tell_office');
});

test('a case ends when it is closed, the elder was met, or the report is taken back', () => {
  assert.equal(caseOf(stop({ closed_at: moment(20) }), facts()), null);
  assert.equal(caseOf(stop({ met_at: moment(20) }), facts()), null);
  assert.equal(caseOf(stop({}), facts([], { taken: new Set(['x']) })), null);
  assert.equal(caseOf(stop({}), facts([own('d', 9, { outcome: 'handed_over' })])), null);
  assert.notEqual(caseOf(stop({}), facts([own('d', 9, { outcome: 'left_as_agreed' })])), null);
});

test('a door that stays shut again after the closing is a new case', () => {
  const again = own('e', 30, { outcome: 'nobody_home' });
  const found = caseOf(stop({ closed_at: moment(20) }), facts([SHUT, again]));
  assert.equal(found && (found.openedAt - OPENED) / 60_000, 30);
});

test('a phone’s wrong clock does not shift what is due', () => {
  const fast = own('a', 20, { outcome: 'nobody_home' });
  assert.equal(minutesLeft(caseOf(stop(), facts([fast], { off: -20 * 60_000 }))), 5);
});

test('spans are minutes and seconds', () => {
  assert.deepEqual([0, 5_000, 245_900, -61_000, 4_500_000].map(span), ['0:00', '0:05', '4:05', '1:01', '75:00']);
});
