// The wish for best sites, the curve of its answer, and the watching of jobs, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CHART, chartOf, niceLevels } from '../src/chart.ts';
import { EMPTY_FORM, type Form, mistakesOf, wishOf } from '../src/choosing.ts';
import { dayAfter, mayBeChance } from '../src/effecting.ts';
import type { BestSites, DeliveryFigures, Job, Step } from '../src/service/planning.ts';
import { type Event, next, START, type State } from '../src/state.ts';
import { watch } from '../src/watching.ts';

function filled(form: Partial<Form>, ...events: Event[]): State['choosing'] {
  return [{ type: 'wish', form: { name: '优选', ...form } } as Event, ...events].reduce(next, START).choosing;
}

function told(form: Partial<Form>, ...events: Event[]): string[] {
  return mistakesOf(filled(form, ...events)).map(({ says }) => says);
}

const ONE: Event = { type: 'add candidate', at: [120.1, 30.3], name: '甲' };

test('a form as it stands at first lacks only a name', () => {
  assert.deepEqual(mistakesOf(START.choosing).map(({ field }) => field), ['name']);
  assert.deepEqual(told({}), []);
});

test('what cannot be meant is told before anything is sent', () => {
  assert.deepEqual(told({ sites: '0' }), ['wish_sites_wrong']);
  assert.deepEqual(told({ sites: '2.5' }), ['wish_sites_wrong']);
  assert.deepEqual(told({ goal: 'fewest', percent: '120' }), ['wish_share_wrong']);
  assert.deepEqual(told({ source: 'drawn' }), ['wish_no_candidates']);
  assert.deepEqual(told({ source: 'drawn', sites: '2' }, ONE), ['wish_too_many']);
  assert.deepEqual(told({ grid: '20' }), ['wish_grid_wrong']);
  assert.deepEqual(told({ source: 'meal_points', grid: '20' }), []);
  assert.deepEqual(told({ cost: '-1' }), ['wish_cost_wrong']);
  assert.deepEqual(told({ apartMinutes: '90' }), ['wish_apart_wrong']);
  assert.deepEqual(told({ weights: { hardship: { dibao: 'x' } } }), ['wish_weight_wrong']);
});

test('a budget needs a cost of every candidate', () => {
  assert.deepEqual(told({ budget: '9' }), ['wish_cost_missing']);
  assert.deepEqual(told({ budget: '9', cost: '3' }), []);
  const drawn: Partial<Form> = { source: 'drawn', sites: '1', budget: '9' };
  assert.deepEqual(told(drawn, ONE), ['wish_cost_missing']);
  assert.deepEqual(told(drawn, ONE, { type: 'edit candidate', place: 0, spot: { cost: 4 } }), []);
});

test('a wish says what the form says, in the units of the service', () => {
  const wish = wishOf(filled({ apartMinutes: '2.5', cost: '3', budget: '9', weights: { hardship: { dibao: '2', tekun: '1', none: '' } } }));
  assert.deepEqual([wish.apart_seconds, wish.cost, wish.budget, wish.capacity], [150, 3, 9, null]);
  assert.deepEqual(wish.weights, { hardship: { dibao: 2 } });
  assert.deepEqual([wish.source, wish.grid_metres, wish.sites, wish.share], ['hexagons', 300, 3, undefined]);
  const fewest = wishOf(filled({ goal: 'fewest', percent: '85' }));
  assert.deepEqual([fewest.share, fewest.sites], [0.85, undefined]);
});

test('candidates of a file are sent as they were read', () => {
  const spot = { name: '甲', lon: 120.1, lat: 30.3, cost: 5, capacity: null };
  const file = { candidates: [{ ...spot, reason: 'in the water' }], findings: [] };
  const wish = wishOf(filled({ source: 'file' }, { type: 'read candidates', name: 'a.csv', file }));
  assert.deepEqual([wish.candidates, wish.source], [[spot], undefined]);
});

test('a click is a candidate or a site, never both', () => {
  const drawing = filled({}, { type: 'draw candidates', on: true });
  assert.equal(drawing.drawing, true);
  assert.equal(filled({}, { type: 'draw candidates', on: true }, { type: 'take tool', kind: 'canteen' }).drawing, false);
});

function step(sites: number, covered: Step['covered'], bound: Step['bound'] = covered): Step {
  return { sites, covered, share: null, objective: covered, bound, gap: 0, gap_of_change: 0, cost: null };
}

function best(goal: BestSites['goal'], before: BestSites['before'], ...curve: Step[]): BestSites {
  return {
    ...step(0, 0), goal, before, curve, candidates: 9, circle_seconds: 600, weighted: false, wanted_share: null,
    budget: null, chosen: [], not_chosen: [], left_out: { count: 0, first: [] }, notes: [],
  }; // prettier-ignore
}

test('a curve begins with the present, rises to the right and stays in its picture', () => {
  const chart = chartOf(best('most_covered', 100, step(1, 160), step(2, 190, 200)));
  assert.ok(chart);
  assert.deepEqual(chart.points.map(({ sites }) => sites), [0, 1, 2]);
  const heights = chart.points.map(({ y }) => y);
  assert.ok(heights[0]! > heights[1]! && heights[1]! > heights[2]!);
  for (const { x, y } of [...chart.points, ...chart.bounds]) {
    assert.ok(x >= CHART.left && x <= CHART.width - CHART.right);
    assert.ok(y >= CHART.top - 1e-9 && y <= CHART.height - CHART.bottom + 1e-9);
  }
});

test('counts too small to be told are left out of the curve, and nothing is drawn of one point', () => {
  assert.equal(chartOf(best('most_covered', '<5', step(1, 160))), null);
  assert.equal(chartOf(best('most_covered', 100, step(1, '<5'), step(2, 120)))?.points.length, 2);
});

test('levels are round and enclose what is drawn', () => {
  assert.deepEqual(niceLevels(103, 187), [100, 150, 200]);
  assert.deepEqual(niceLevels(5, 5).length >= 2, true);
});

test('two plans differ by chance where the dearer one may be as cheap as the other', () => {
  const plan = (cost: number, bound: number | null) => ({ cost, bound }) as DeliveryFigures;
  assert.equal(mayBeChance({ before: plan(100, 95), after: plan(103, 99) }), true);
  assert.equal(mayBeChance({ before: plan(100, 95), after: plan(103, 101) }), false);
  assert.equal(mayBeChance({ before: plan(100, null), after: plan(90, 80) }), true);
});

test('days are counted over the ends of months', () => {
  assert.equal(dayAfter('2026-11-24', 8), '2026-12-02');
});

test('a job is watched until it has ended, also over a lost connection', async () => {
  const states: Job<null>['state'][] = ['queued', 'running', 'succeeded'];
  const seen: string[] = [];
  let asked = 0;
  await new Promise<void>((done) => {
    const ask = () => {
      asked += 1;
      if (asked === 2) return Promise.reject(new Error('lost'));
      const state = states.shift() ?? 'failed';
      return Promise.resolve({ id: 1, state, progress: 0, phase: '', outcome: null, error: null });
    };
    watch(ask, (job) => {
      seen.push(job.state);
      if (job.state === 'succeeded') done();
    }, (deed) => queueMicrotask(deed));
  });
  assert.deepEqual([seen, asked], [['queued', 'running', 'succeeded'], 4]);
});
