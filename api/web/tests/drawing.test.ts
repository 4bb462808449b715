// What the map is told to draw: colours, fonts, names by language, marks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { colourOf, ROUTES } from '../src/colours.ts';
import { fontFaces } from '../src/map/fonts.ts';
import { groundStyle } from '../src/map/ground.ts';
import { MARKS, markOf } from '../src/marks.ts';
import type { Basemap } from '../src/service/types.ts';
import { speaker, TEXTS } from '../src/texts.ts';

const BASEMAP: Basemap = {
  tiles: '/tiles/{z}/{x}/{y}.mvt?v=1',
  bounds: [120, 30, 121, 31],
  least_zoom: 6,
  most_zoom: 15,
  date: null,
};

test('a courier keeps its colour whatever the order of trips, and colours start over', () => {
  const codes = Array.from({ length: ROUTES.length + 1 }, (_, place) => `Z${place}`);
  const colours = colourOf(codes);
  assert.deepEqual(colours, colourOf([...codes].reverse()));
  assert.equal(colours.get(codes[0] ?? ''), colours.get(codes[ROUTES.length] ?? ''));
  assert.equal(new Set(colours.values()).size, ROUTES.length);
});

test('fonts of labels are those of the style sheet, one file per range of characters', () => {
  const rules = [
    { family: '"Noto"', src: 'url("a.woff2") format("woff2")', range: 'u+4e00-4eff, U+6F9C', base: 'http://h/map/main.css' },
    { family: 'Other', src: 'url(b.woff2)', range: 'U+0-FF', base: 'http://h/' },
  ]; // prettier-ignore
  assert.deepEqual(fontFaces(rules, 'Noto'), {
    Noto: [{ url: 'http://h/map/a.woff2', 'unicode-range': ['U+4e00-4eff', 'U+6F9C'] }],
  });
});

test('tiles are asked of this service only, and the data is credited', () => {
  const style = groundStyle(BASEMAP, 'zh', {}, 'http://h');
  const addresses = JSON.stringify(style).match(/https?:[^"]*/g);
  assert.deepEqual(addresses, ['http://h/tiles/{z}/{x}/{y}.mvt?v=1']);
  assert.match(JSON.stringify(style.sources), /© OpenStreetMap contributors/);
  assert.equal(style.glyphs, undefined);
  assert.equal(style.sprite, undefined);
});

test('English names come first in English only', () => {
  const names = (language: 'zh' | 'en') =>
    JSON.stringify(groundStyle(BASEMAP, language, {}, '').layers).includes('name_en');
  assert.deepEqual([names('zh'), names('en')], [false, true]);
});

test('without tiles there is only land', () => {
  assert.deepEqual(groundStyle(null, 'zh', {}, '').layers.map((layer) => layer.id), ['land']);
});

test('closed sites have a mark of their own', () => {
  const [open, closed] = [MARKS[markOf('canteen', true)], MARKS[markOf('canteen', false)]];
  assert.equal(open.path, closed.path);
  assert.notEqual(open.fill, closed.fill);
});

test('every text is there in both languages, with the same values in it', () => {
  const values = (text: string) => [...text.matchAll(/\{(\w+)(?::[^{}]*)?\}/g)].map((found) => found[1]).sort();
  for (const [key, [zh, en]] of Object.entries(TEXTS)) {
    assert.ok(zh && en, key);
    assert.deepEqual(values(zh), values(en), key);
  }
});

test('values are put into texts', () => {
  assert.equal(speaker('en')('capacity', { count: 80 }), 'Capacity 80 portions');
  assert.equal(speaker('en')('capacity', { count: 1 }), 'Capacity 1 portion');
});
