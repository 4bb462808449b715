// Search, files and pictures: what is asked, what is told, what is written around the map.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { filesOf } from '../src/downloads.ts';
import { type Finding, nextFinding, NOTHING_SOUGHT, sought, zoomFor } from '../src/finding.ts';
import { flowed } from '../src/map/paper.ts';
import { type Entry, legendOf, scaleBar, sourceOf, titleOf } from '../src/picture.ts';
import { Client } from '../src/service/client.ts';
import type { Place } from '../src/service/places.ts';
import type { Site } from '../src/service/types.ts';
import { type Event, next, START } from '../src/state.ts';
import { speaker } from '../src/texts.ts';

const say = speaker('zh');

function place(name: string): Place {
  return { kind: 'street', name, english: null, code: null, detail: null, area: null, point: [120, 30] };
}

function after(...events: Event[]): Finding {
  return events.reduce(nextFinding, NOTHING_SOUGHT);
}

const TWO = [place('人民路'), place('人民支路')];
const FOUND: Event[] = [
  { type: 'seek', query: ' 人民' },
  { type: 'places', query: '人民', places: TWO },
];

test('an answer to what is no longer typed changes nothing', () => {
  const finding = after(...FOUND, { type: 'seek', query: '中山' });
  const late = nextFinding(finding, { type: 'places', query: '人民', places: [] });
  assert.equal(late, finding);
  assert.equal(nextFinding(finding, { type: 'no places', query: '人民', reason: 'x' }), finding);
});

test('arrow keys walk the list round and round, Escape folds it, typing lets go of it', () => {
  const step = (to: 'next' | 'previous' | 'first' | 'last'): Event => ({ type: 'step', to });
  assert.equal(after(...FOUND, step('next')).active, 0);
  assert.equal(after(...FOUND, step('next'), step('next'), step('next')).active, 0);
  assert.equal(after(...FOUND, step('previous')).active, 1);
  assert.equal(after(...FOUND, step('last')).active, 1);
  assert.deepEqual([after(...FOUND, step('next'), { type: 'fold places' }).open], [false]);
  assert.equal(after(...FOUND, { type: 'fold places' }, step('next')).open, true);
  assert.equal(after(...FOUND, step('next'), { type: 'seek', query: '人民路' }).active, null);
  assert.equal(after({ type: 'seek', query: '无' }, step('next')).active, null);
});

test('while a longer word is typed the list stays, for another word it goes', () => {
  assert.equal(after(...FOUND, { type: 'seek', query: '人民支' }).places.length, 2);
  assert.equal(after(...FOUND, { type: 'seek', query: '中山' }).places.length, 0);
});

test('a chosen place stays until it is cleared, also when the box is emptied', () => {
  const chosen = after(...FOUND, { type: 'choose place', place: TWO[0] ?? null });
  assert.deepEqual([chosen.query, chosen.open, chosen.chosen?.name], ['人民路', false, '人民路']);
  assert.equal(nextFinding(chosen, { type: 'seek', query: '' }).chosen?.name, '人民路');
  assert.equal(nextFinding(chosen, { type: 'choose place', place: null }), NOTHING_SOUGHT);
});

test('blanks alone ask nothing; a wide place is seen from farther away', () => {
  assert.deepEqual([sought('  '), sought(' 路 ')], [null, '路']);
  assert.ok(zoomFor('settlement') < zoomFor('street'));
  assert.ok(zoomFor('street') < zoomFor('address'));
});

test('a query is sent whole, whatever is in it', async () => {
  const asked: string[] = [];
  const ask = (path: unknown) => {
    asked.push(String(path));
    return Promise.resolve(new Response('{"places":[]}'));
  };
  await new Client(ask as typeof fetch).places('中山路&1#');
  assert.deepEqual(asked, [`/api/v1/places?q=${encodeURIComponent('中山路&1#')}`]);
});

test('files are of the saved scenario, of the population and areas that are looked at', () => {
  const { working, trying, comparing } = START;
  const present = filesOf(START, 'zh');
  assert.equal(present.report, '/api/v1/siting/report.pdf?lang=zh');
  assert.equal(present.package, '/api/v1/siting/coverage.gpkg');
  assert.deepEqual(present.layers.map(({ layer }) => layer), ['sites', 'cells', 'bands']);
  const sets = [{ kind: 'boundaries', name: '街道' }] as unknown as typeof trying.sets;
  const state = {
    working: { ...working, number: 3 },
    trying: { ...trying, population: '格网', sets },
    comparing: { ...comparing, before: 2, after: 3 },
  };
  const files = filesOf(state, 'en');
  assert.equal(
    decodeURIComponent(files.report),
    '/api/v1/siting/report.pdf?scenario=3&population=格网&against=2&lang=en',
  );
  assert.equal(files.layers.at(-1)?.layer, 'areas');
  assert.match(files.layers[0]?.csv ?? '', /sites\.csv\?scenario=3&/);
});

test('the legend of a picture tells what is shown and nothing else', () => {
  const site = (code: string, active: boolean): Site => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [120, 30] },
    properties: {
      kind: 'canteen', code, name: code, address: null, canteen: null, active, capacity: 1,
      opens: null, closes: null,
    },
  }); // prettier-ignore
  const shown = { ...START.shown, cells: false };
  const state = { ...START, shown, sites: [site('A', true), site('B', true), site('C', false)] };
  assert.deepEqual(legendOf(state, say).map(({ words }) => words), ['老年食堂 – 已停用', '老年食堂']);
  const cells = legendOf({ ...state, shown: { ...shown, sites: false, cells: true } }, say);
  assert.equal(cells.length, 7);
  assert.deepEqual(legendOf({ ...state, shown: { ...shown, sites: false } }, say), []);
});

test('title and sources name the scenario and the date of the data', () => {
  assert.equal(titleOf(START, say), '老年助餐地图：现状');
  const named = next(START, { type: 'change', change: { do: 'close', site: 'A' } });
  assert.match(titleOf(named, say), /未保存/);
  const basemap = { tiles: '', bounds: [0, 0, 1, 1], least_zoom: 6, most_zoom: 15, date: '2026-11-01T00:00:00Z' } as const;
  assert.equal(
    sourceOf({ basemap: { ...basemap, bounds: [0, 0, 1, 1] } }, say),
    '© OpenStreetMap contributors · 地图数据：2026-11-01',
  );
  assert.equal(sourceOf({ basemap: null }, say), '© OpenStreetMap contributors');
});

test('a scale bar has a round length and fits', () => {
  assert.deepEqual(scaleBar(1, 140), { pixels: 100, words: '100 m' });
  assert.deepEqual(scaleBar(16, 140), { pixels: 125, words: '2 km' });
  assert.deepEqual(scaleBar(0.5, 140), { pixels: 100, words: '50 m' });
});

test('a legend that is too long goes on in the next row', () => {
  const legend: Entry[] = ['一', '二', '三'].map((words) => ({ patch: '#000', words }));
  const rows = flowed(legend, 150, () => 20);
  assert.deepEqual(rows.map((row) => row.map(({ entry, x }) => [entry.words, x])), [
    [['一', 0], ['二', 74]],
    [['三', 0]],
  ]);
});
