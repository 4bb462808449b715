// Work on a plan that nobody sent: what a page that is opened anew goes on with.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openShelf, type Shelf } from '../src/console/entering/shelf.ts';
import { EMPTY } from '../src/console/plan/changes.ts';
import { filledIn } from '../src/console/plan/drafts.ts';
import { clearPast, nameOfWork } from '../src/console/plan/keeping.ts';

const service = (day: string) => ({ day, meal: 'lunch', published_revision: 1 }) as const;

/** A shelf of an open page, in a browser that keeps nothing. */
function shelf(): Shelf {
  return openShelf(() => {
    throw new DOMException('storage is forbidden');
  }, 'li.min');
}

test('work on services that are over is thrown away, other work stays', () => {
  const kept = shelf();
  for (const day of ['2026-11-20', '2026-11-21']) kept.write(nameOfWork(service(day), 'moves'), [{ kind: 'stop_taken_out', order: 1 }]);
  kept.write('sheet/2026-11-20/lunch/Z1/1', {});
  clearPast(kept, '2026-11-21');
  assert.deepEqual(kept.names('').sort(), ['plan/2026-11-21/lunch/moves', 'sheet/2026-11-20/lunch/Z1/1']);
});

test('a form goes on where its own address opens it again, and nowhere else', () => {
  const drafts = [{ ...EMPTY, kind: 'courier_away', courier: 'Z1', since: '11:20' }] as const;
  const kept = { opened: 'change/courier_away/Z1', drafts };
  assert.equal(filledIn(kept, 'change/courier_away/Z1'), drafts);
  assert.equal(filledIn(kept, 'change/courier_away/Z2'), null);
  assert.equal(filledIn(null, 'change'), null);
});
