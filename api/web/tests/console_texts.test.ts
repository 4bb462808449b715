// The console's texts: a key that stands in two files would say something else than one of them meant.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

const FOLDER = new URL('../src/console/texts/', import.meta.url);

test('no two files of the console’s texts have a key in common', async () => {
  const seen = new Map<string, string>();
  for (const file of readdirSync(FOLDER)) {
    const tables: object[] = Object.values(await import(new URL(file, FOLDER).href));
    for (const key of tables.flatMap(Object.keys)) {
      assert.equal(seen.get(key), undefined, `${key} stands in ${file} and ${seen.get(key)}`);
      seen.set(key, file);
    }
  }
  assert.ok(seen.size > 50);
});
