// The working scenario: changes said as shortly as they can be, undone, saved, in conflict.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { AddSite, Change, Content, Scenario } from '../src/service/scenarios.ts';
import { next, START, type Event, type State } from '../src/state.ts';
import { AS_SET, contentOf, freeKey, PRESENT, withChange } from '../src/working.ts';

const NEW: AddSite = {
  do: 'add', site: 'N1', kind: 'canteen', name: '城东食堂', lon: 120.1, lat: 30.3,
  capacity: 80, opens: '10:30', closes: '12:30',
}; // prettier-ignore

function after(...events: Event[]): State {
  return events.reduce(next, START);
}

function changed(...changes: Change[]): Event[] {
  return changes.map((change) => ({ type: 'change', change }));
}

/** What the service says of a content that it saved: all fields, in its own order. */
function asSaved(content: Content, version = 1): Scenario {
  const changes = content.changes.map((change) =>
    change.do === 'add'
      ? { ...change, opens: `${change.opens}:00`, closes: `${change.closes}:00`, couriers: 0, boxes: 12 }
      : change,
  );
  return {
    id: 7, name: '甲', note: null, version, content: { changes, assumptions: content.assumptions },
    created_at: '', created_by: 'a', updated_at: '', updated_by: 'a',
  }; // prettier-ignore
}

test('a drag of a new site is one change and undone as a whole', () => {
  const steps = Array.from({ length: 20 }, (_, step): Event => ({
    type: 'change',
    change: { do: 'move', site: 'N1', lon: 120 + step / 8, lat: 30.3 },
    continues: step > 0,
  }));
  const state = after(...changed(NEW), ...steps);
  assert.deepEqual(state.working.changes, [{ ...NEW, lon: 122.375 }]);
  assert.deepEqual(next(state, { type: 'undo' }).working.changes, [NEW]);
  const twice = next(next(state, { type: 'undo' }), { type: 'undo' });
  assert.deepEqual(contentOf(twice.working), contentOf(PRESENT));
  assert.equal(next(twice, { type: 'undo' }).working, twice.working);
});

test('a present site is moved and resized by one change each, and closed by one alone', () => {
  const moved: Change = { do: 'move', site: 'ST01', lon: 120, lat: 30 };
  const resized: Change = { do: 'resize', site: 'ST01', capacity: 5 };
  const again = [moved, resized, { ...moved, lon: 121 }].reduce(withChange, [] as Change[]);
  assert.deepEqual(again, [{ ...moved, lon: 121 }, resized]);
  const closed: Change = { do: 'close', site: 'ST01' };
  assert.deepEqual(withChange(again, closed), [closed]);
});

test('closing a new site takes it away, and what is said of it later is part of its addition', () => {
  assert.deepEqual(withChange([NEW], { do: 'close', site: 'N1' }), []);
  const said = withChange([NEW], { do: 'resize', site: 'N1', capacity: 9 });
  assert.deepEqual(said, [{ ...NEW, capacity: 9 }]);
  assert.deepEqual(
    withChange(said, { do: 'hours', site: 'N1', opens: '10:00', closes: '11:00' }),
    [{ ...NEW, capacity: 9, opens: '10:00', closes: '11:00' }],
  );
});

test('taking back what was done to a site leaves the others', () => {
  const state = after(
    ...changed(NEW, { do: 'close', site: 'ST01' }),
    { type: 'restore', site: 'ST01' },
  );
  assert.deepEqual(state.working.changes, [NEW]);
});

test('what was saved is saved although the service writes it in its own way', () => {
  const state = after(...changed(NEW));
  const saved = next(state, { type: 'saved', scenario: asSaved(contentOf(state.working)) });
  assert.deepEqual(
    [saved.working.number, saved.working.version, saved.working.saved],
    [7, 1, true],
  );
  assert.equal(next(saved, { type: 'assume', assumptions: { pace_kmh: 3 } }).working.saved, false);
});

test('a change that was made while saving is not lost and not called saved', () => {
  const state = after(...changed(NEW));
  const later = after(...changed(NEW, { do: 'close', site: 'ST01' }));
  const saved = next(later, { type: 'saved', scenario: asSaved(contentOf(state.working)) });
  assert.equal(saved.working.saved, false);
  assert.equal(saved.working.changes.length, 2);
});

test('somebody else’s version is told, and gone when the scenario is opened again', () => {
  const state = after({ type: 'conflict', reason: '桂花已于12:00修改了方案“甲”' });
  assert.match(state.working.conflict ?? '', /桂花/);
  const content = { assumptions: { ...AS_SET, pace_kmh: 3 }, changes: [] };
  const opened = next(state, { type: 'open', scenario: asSaved(content, 4) });
  assert.deepEqual(
    [opened.working.conflict, opened.working.version, opened.working.saved, opened.working.past],
    [null, 4, true, []],
  );
  assert.deepEqual(next(opened, { type: 'open', scenario: null }).working, PRESENT);
});

test('the key of a new site is the first that is free', () => {
  assert.equal(freeKey(['ST01', 'N1', 'N3']), 'N2');
});
