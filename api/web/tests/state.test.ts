// How the page's state changes, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Route, Service, Site } from '../src/service/types.ts';
import { keyOf } from '../src/sites.ts';
import { couriers, drawnRoutes, next, START } from '../src/state.ts';

const LUNCH: Service = { day: '2026-11-21', meal: 'lunch', published_revision: 1 };
const DINNER: Service = { day: '2026-11-21', meal: 'dinner', published_revision: 2 };

function route(courier: string, known = true): Route {
  return {
    type: 'Feature',
    geometry: known ? { type: 'LineString', coordinates: [[120, 30], [121, 30]] } : null,
    properties: {
      courier, courier_name: null, canteen: 'ST01', mode: 'ebike', trip: 1, stops: 2, portions: 3,
      departs_at: '', returns_at: '', travel_seconds: 60,
    },
  };
}

function withRoutes(...routes: Route[]) {
  const chosen = next(START, { type: 'choose service', service: LUNCH });
  return next(chosen, { type: 'routes', service: LUNCH, routes });
}

test('routes that arrive for a service no longer chosen are left out', () => {
  let state = next(START, { type: 'choose service', service: LUNCH });
  state = next(state, { type: 'choose service', service: DINNER });
  state = next(state, { type: 'routes', service: LUNCH, routes: [route('Z1')] });
  assert.deepEqual(state.routes, []);
  assert.equal(state.busy, true);
});

test('choosing another service forgets courier, routes and problem of the one before', () => {
  let state = next(withRoutes(route('Z1')), { type: 'choose courier', courier: 'Z1' });
  state = next(state, { type: 'problem', reason: 'broken' });
  state = next(state, { type: 'choose service', service: null });
  assert.deepEqual([state.routes, state.courier, state.problem, state.busy], [[], null, null, false]);
});

test('only known ways are drawn, of the chosen courier, unless the layer is hidden', () => {
  const state = withRoutes(route('Z1'), route('Z2'), route('Z2', false));
  assert.equal(drawnRoutes(state).length, 2);
  const one = next(state, { type: 'choose courier', courier: 'Z2' });
  assert.deepEqual(drawnRoutes(one).map((drawn) => drawn.properties.courier), ['Z2']);
  assert.deepEqual(drawnRoutes(next(one, { type: 'toggle', layer: 'routes' })), []);
});

test('couriers are listed by code with their trips and portions', () => {
  assert.deepEqual(couriers([route('Z2'), route('Z1'), route('Z2')]), [
    { code: 'Z1', trips: 1, portions: 3 },
    { code: 'Z2', trips: 2, portions: 6 },
  ]);
});

test('a canteen and a meal point with the same code are two sites', () => {
  const site = (kind: 'canteen' | 'meal_point') => ({ properties: { kind, code: 'A' } }) as Site;
  assert.notEqual(keyOf(site('canteen')), keyOf(site('meal_point')));
});
