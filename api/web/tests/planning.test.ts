// Sites as a scenario has them, what is in the hand, answers that are shown, figures in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { countChange, countText, shareChange, shareText } from '../src/figures.ts';
import { catchmentShapes } from '../src/map/coverage.ts';
import { lookOf } from '../src/marks.ts';
import { newSite, rounded, shifted } from '../src/placing.ts';
import type { Change } from '../src/service/scenarios.ts';
import type { Trial } from '../src/service/siting.ts';
import type { Site, SiteKind } from '../src/service/types.ts';
import { missing } from '../src/shapes.ts';
import { sitesNow } from '../src/sites.ts';
import { next, START, type Event, type State } from '../src/state.ts';
import { isCurrent, type Question } from '../src/trial.ts';
import { speaker } from '../src/texts.ts';
import { contentOf, isPresent } from '../src/working.ts';

const NEW = newSite('N1', 'meal_point', '新助餐点', [120.1, 30.3], 'lunch');

function site(code: string, kind: SiteKind = 'canteen'): Site {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [120, 30] },
    properties: {
      kind, code, name: code, address: null, canteen: null, active: true, capacity: 100,
      opens: '10:30:00', closes: '12:30:00',
    },
  }; // prettier-ignore
}

function after(...events: Event[]): State {
  return events.reduce(next, START);
}

function questionOf(state: State, site: string | null = null): Question {
  return { content: contentOf(state.working), site, population: null, boundaries: null, thread: state.trying.thread };
}

const ANSWER = { catchment: null } as Trial;

test('sites are shown as the changes leave them, new ones first', () => {
  const changes: Change[] = [
    { do: 'move', site: 'ST01', lon: 121, lat: 31 },
    { do: 'resize', site: 'ST01', capacity: 7 },
    { do: 'hours', site: 'ST02', opens: '09:00', closes: '10:00' },
    { do: 'close', site: 'ST03' },
    NEW,
  ];
  const shown = sitesNow(['ST01', 'ST02', 'ST03', 'ST04'].map((code) => site(code)), changes);
  assert.deepEqual(
    shown.map(({ properties: { code }, fate }) => [code, fate]),
    [['N1', 'new'], ['ST01', 'moved'], ['ST02', 'changed'], ['ST03', 'closed'], ['ST04', 'present']],
  );
  const [, moved, hours] = shown;
  assert.deepEqual([moved?.geometry?.coordinates, moved?.properties.capacity], [[121, 31], 7]);
  assert.equal(hours?.properties.opens, '09:00');
});

test('each fate and a refused place have a mark of their own', () => {
  const shown = sitesNow([site('ST01')], [NEW, { do: 'close', site: 'ST01' }]);
  const looks = (refused: string[]) =>
    shown.map((one) => lookOf(one, new Map(refused.map((code) => [code, 'in the water']))));
  assert.deepEqual(looks([]), ['meal_point-new', 'canteen-given_up']);
  assert.deepEqual(looks(['N1']), ['meal_point-refused', 'canteen-given_up']);
});

test('a site just placed stays in the hand until another is chosen or it is put down', () => {
  const placed = after(
    { type: 'take tool', kind: 'meal_point' },
    { type: 'change', change: NEW },
    { type: 'select', code: 'meal_point/N1' },
  );
  assert.deepEqual(placed.placing, { tool: null, moving: 'N1' });
  assert.equal(next(placed, { type: 'select', code: 'canteen/ST01' }).placing.moving, null);
  assert.equal(next(placed, { type: 'put down' }).placing.moving, null);
  assert.equal(next(placed, { type: 'change', change: { do: 'close', site: 'N1' } }).placing.moving, null);
});

test('a shift is in metres, whatever the latitude', () => {
  const [lon, lat] = shifted([120, 60], 100, -100);
  assert.ok(Math.abs((lon - 120) * 111_195 * 0.5 - 100) < 0.1);
  assert.ok(Math.abs((60 - lat) * 111_195 - 100) < 0.1);
  assert.deepEqual(rounded([120.12345678, 30.1]), [120.123457, 30.1]);
});

test('an answer about what is no longer open is dropped', () => {
  const state = after({ type: 'change', change: NEW });
  const question = questionOf(state);
  const reopened = next(next(state, { type: 'asking', question }), { type: 'open', scenario: null });
  const late = next(reopened, { type: 'answered', question, trial: ANSWER });
  assert.equal(late.trying.trial, null);
});

test('an answer to an earlier step of a drag is shown, and known to be old', () => {
  let state = after({ type: 'change', change: NEW });
  const first = questionOf(state);
  const second = { ...first };
  for (const question of [first, second]) state = next(state, { type: 'asking', question });
  state = next(state, { type: 'answered', question: first, trial: ANSWER });
  assert.deepEqual([state.trying.trial, isCurrent(state.trying)], [ANSWER, false]);
  state = next(state, { type: 'lost', question: second });
  assert.deepEqual([state.trying.trial, state.trying.trouble], [ANSWER, { lost: true }]);
  state = next(state, { type: 'answered', question: second, trial: ANSWER });
  assert.deepEqual([isCurrent(state.trying), state.trying.trouble], [true, null]);
});

test('layers that are on are asked for once per content, areas only where there are any', () => {
  let state = after({ type: 'toggle', layer: 'areas' });
  const wanted = missing(state);
  assert.deepEqual(wanted.map((one) => one.layer), ['cells']);
  const [of] = wanted;
  assert.ok(of);
  state = next(state, { type: 'shapes', drawn: { of, shapes: null, problem: null } });
  assert.deepEqual(missing(state), []);
  state = next(state, { type: 'change', change: NEW });
  assert.equal(missing(state).length, 1);
  const sets = [{ name: '街道', kind: 'boundaries', people: null } as const];
  state = next(state, { type: 'map sets', sets });
  assert.deepEqual(missing(state).map((one) => one.layer), ['cells', 'areas']);
});

test('the present is the present again when everything was undone', () => {
  const state = after({ type: 'change', change: NEW }, { type: 'undo' });
  assert.equal(isPresent(state.working), true);
  assert.equal(isPresent(after({ type: 'change', change: NEW }).working), false);
});

test('small groups stay as the service tells them, and so do their differences', () => {
  assert.deepEqual([countText('<5'), countText(1500), shareText(null), shareText(0.5566)], ['<5', '1,500', '—', '55.7%']);
  assert.deepEqual([countChange('<5', 20), countChange(20, 15), countChange(15, 15)], ['—', '−5', '±0']);
  assert.deepEqual([shareChange(0.5, 0.553), shareChange(null, 0.5)], ['+5.3', '—']);
});

test('a catchment marks the circle and names its minutes at the northern edge', () => {
  const square: GeoJSON.MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [[[[120, 30], [121, 30], [121, 31.5], [120, 31], [120, 30]]]],
  };
  const band = (seconds: number): GeoJSON.Feature => ({
    type: 'Feature', geometry: square, properties: { seconds, minutes: seconds / 60 },
  });
  const drawn = { type: 'FeatureCollection' as const, features: [band(900), band(600)] };
  const { features } = catchmentShapes(drawn, 600, speaker('zh'));
  assert.deepEqual(
    features.map((one) => one.properties),
    [{ circle: false }, { circle: true }, { label: '15 分钟' }, { label: '10 分钟' }],
  );
  assert.deepEqual((features[2]?.geometry as GeoJSON.Point).coordinates, [121, 31.5]);
});
