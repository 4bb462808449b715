// Two scenarios side by side, the list they come from and the divider, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { divided, sitePairs } from '../src/comparing.ts';
import { gone, keyOfVersion, newerThan } from '../src/scenarios.ts';
import type { Scenario } from '../src/service/scenarios.ts';
import type { Comparison, SiteFigures } from '../src/service/siting.ts';
import { sideOf } from '../src/sides.ts';
import { type Event, next, START } from '../src/state.ts';
import { AS_SET } from '../src/working.ts';

const NOBODY = { seconds: 600, people: 0, share: null };

function scenario(id: number, version = 1): Scenario {
  const changes = [{ do: 'close' as const, site: `ST0${id}` }];
  return {
    id, name: `方案${id}`, note: null, version, content: { assumptions: AS_SET, changes },
    created_at: '', created_by: 'wang', updated_at: '2026-11-20T12:00:00Z', updated_by: 'wang',
  }; // prettier-ignore
}

function comparison(before: string[] = [], after: string[] = []): Comparison {
  const side = (codes: string[]) => ({
    sites: codes.map((code) => ({ code, name: code }) as SiteFigures),
    covered: NOBODY, room: NOBODY, outside: NOBODY, bands: [], groups: [], warnings: [],
    people: 0, unlocated: 0, off_street: 0, meal: 'lunch', circle_seconds: 600, pace_kmh: {}, exact: true,
  }); // prettier-ignore
  const total = {
    people: 10, newly: 2, already: 5, no_longer: 0, still_outside: 3, share_before: 0.5, share_after: 0.7,
  }; // prettier-ignore
  return { before: side(before), after: side(after), total, groups: [] };
}

function after(...events: Event[]) {
  return events.reduce(next, START);
}

const LISTED: Event = { type: 'scenarios', list: [scenario(1), scenario(2)] };
const COMPARE: Event = { type: 'compare', before: null, after: 2 };
const COMPARED: Event = { type: 'compared', before: null, after: 2, comparison: comparison() };

test('an answer about two that are no longer compared is dropped', () => {
  const state = after(COMPARE, { type: 'compare', before: 1, after: 2 }, COMPARED);
  assert.equal(state.comparing.comparison, null);
  assert.equal(state.comparing.asking, true);
});

test('a scenario is not compared with itself', () => {
  assert.equal(after({ type: 'compare', before: 2, after: 2 }).comparing.asking, false);
});

test('the map shows both only once there is something to show, and until it is needed', () => {
  const on: Event = { type: 'compare on map', on: true };
  assert.equal(after(COMPARE, on).comparing.onMap, false);
  const both = after(COMPARE, COMPARED, on);
  assert.equal(both.comparing.onMap, true);
  assert.equal(next(both, { type: 'take tool', kind: 'canteen' }).comparing.onMap, false);
  assert.equal(next(both, { type: 'draw candidates', on: true }).comparing.onMap, false);
  assert.equal(next(both, { type: 'saved', scenario: scenario(2, 2) }).comparing.comparison, null);
});

test('shapes of another layer than the one shown are dropped', () => {
  const none = { type: 'FeatureCollection', features: [] } as GeoJSON.FeatureCollection;
  const cells: Event = {
    type: 'compared shapes', before: null, after: 2, shapes: { layer: 'cells', before: none, after: none },
  }; // prettier-ignore
  const bands: Event = { type: 'compare layer', layer: 'bands' };
  assert.equal(after(COMPARE, COMPARED, bands, cells).comparing.shapes, null);
  assert.notEqual(after(COMPARE, COMPARED, cells).comparing.shapes, null);
});

test('the divider is moved by the keys of a slider and stays on the map', () => {
  assert.equal(divided(0.5, 'ArrowLeft'), 0.48);
  assert.equal(divided(0.5, 'PageUp'), 0.6);
  assert.equal(divided(0.01, 'ArrowDown'), 0);
  assert.equal(divided(0.95, 'PageUp'), 1);
  assert.equal(divided(0.3, 'End'), 1);
  assert.equal(divided(0.3, 'x'), null);
  assert.equal(after({ type: 'divide', at: 1.4 }).comparing.divider, 1);
});

test('each side is drawn with its own sites and only the compared layer', () => {
  const state = after(LISTED, COMPARE, COMPARED);
  assert.deepEqual(sideOf(state, 'before').working.changes, []);
  const right = sideOf(state, 'after');
  assert.deepEqual(right.working.changes, [{ do: 'close', site: 'ST02' }]);
  assert.deepEqual([right.shown.cells, right.shown.bands, right.shown.routes], [true, false, false]);
});

test('sites of both sides stand in one table, each once', () => {
  const pairs = sitePairs(comparison(['A', 'B'], ['B', 'N1']));
  assert.deepEqual(
    pairs.map(({ code, before, after: then }) => [code, before !== null, then !== null]),
    [['A', true, false], ['B', true, true], ['N1', false, true]],
  ); // prettier-ignore
});

test('a comparison tells the share of the version that was compared', () => {
  const state = after(LISTED, COMPARE, COMPARED);
  assert.equal(state.listed.shares[keyOfVersion(scenario(2))], 0.7);
  assert.equal(state.listed.shares[keyOfVersion(scenario(2, 2))], undefined);
});

test('a version that somebody saved after the own one was opened is noticed, the own one is not', () => {
  const opened = after(LISTED, { type: 'open', scenario: scenario(1) });
  assert.equal(newerThan(opened.working, opened.listed.list), null);
  const later = next(opened, { type: 'scenarios', list: [scenario(1, 3), scenario(2)] });
  assert.equal(newerThan(later.working, later.listed.list)?.version, 3);
  const own = next(opened, { type: 'saved', scenario: scenario(1, 2) });
  assert.equal(newerThan(own.working, own.listed.list), null);
});

test('a scenario in hand that was deleted is noticed', () => {
  const opened = after(LISTED, { type: 'open', scenario: scenario(1) });
  assert.equal(gone(opened.working, opened.listed.list), false);
  assert.equal(gone(opened.working, [scenario(2)]), true);
});
