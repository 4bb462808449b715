// How the console follows a service: one question at a time, news at once, and without a stream too.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Progress } from '../src/console/live/types.ts';
import { ASK_EVERY, BETWEEN, type Live, newsOf, OPEN_AGAIN, Watcher } from '../src/console/live/watcher.ts';
import { alarmsOf, titleOf, worse } from '../src/console/parts/alarms.ts';

const COUNTS = {
  stops: 2, portions: 2, waiting: 2, under_way: 0, handed_back: 0, settled: 0, served: 0,
  served_portions: 0, outcomes: {}, late: 0, overdue: 0, unaccounted_portions: 0,
};

function progress(newest: number, open = 0, overdue = 0): Progress {
  return {
    revision: 1, now: '2026-11-21T03:00:00Z', newest_event: newest, counts: COUNTS, couriers: [],
    open_cases: open, overdue_cases: overdue, open_notes: 0, not_counted: 0,
  };
}

/** A world whose clock a test turns, and whose service answers when the test says so. */
function world(streams = true) {
  const timers = new Map<number, { at: number; deed: () => void }>();
  const answers: { give: (one: Progress) => void; fail: (error: unknown) => void }[] = [];
  const heard = new Map<string, () => void>();
  const stream = { readyState: 1, closed: 0, addEventListener: (kind: string, hear: () => void) => void heard.set(kind, hear), close() { this.closed += 1; } };
  const told: Live[] = [];
  let now = 0;
  let next = 0;
  let opened = 0;
  return {
    told, stream, answers,
    get opened() { return opened; },
    hear: (kind: string) => heard.get(kind)?.(),
    async pass(milliseconds: number) {
      const until = now + milliseconds;
      for (;;) {
        const due = [...timers].filter(([, one]) => one.at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        now = due[1].at;
        due[1].deed();
        await Promise.resolve();
      }
      now = until;
    },
    async answer(one: Progress | Error) {
      const waiting = answers.shift();
      assert.ok(waiting, 'nobody asked');
      if (one instanceof Error) waiting.fail(one);
      else waiting.give(one);
      await new Promise((done) => setImmediate(done));
    },
    watcher() {
      return new Watcher({
        ask: () => new Promise((give, fail) => void answers.push({ give, fail })),
        open: streams ? () => ((opened += 1), stream) : null,
        told: (live) => void told.push(live),
        refusal: (error) => (error instanceof RangeError ? error.message : null),
        later: (deed, milliseconds) => { timers.set((next += 1), { at: now + milliseconds, deed }); return next; },
        never: (timer) => void timers.delete(timer),
      });
    },
  };
}

test('many reports at once are read together, the first of them at once', async () => {
  const here = world();
  here.watcher();
  await here.answer(progress(1));
  await here.pass(BETWEEN);
  here.hear('report');
  assert.equal(here.answers.length, 1);
  for (let k = 0; k < 50; k += 1) here.hear('report');
  await here.answer(progress(2));
  assert.equal(here.answers.length, 0);
  await here.pass(BETWEEN);
  assert.equal(here.answers.length, 1);
  await here.answer(progress(51));
  assert.equal(newsOf(here.told.at(-1)!), '1/51');
});

test('without a stream, and beside one, it asks every while, since lateness grows by itself', async () => {
  for (const here of [world(false), world(true)]) {
    here.watcher();
    await here.answer(progress(1));
    await here.pass(ASK_EVERY - 1);
    assert.equal(here.answers.length, 0);
    await here.pass(1);
    assert.equal(here.answers.length, 1);
  }
});

test('a stream that was refused is tried again later; what it is doing is told', async () => {
  const here = world();
  here.watcher();
  await here.answer(progress(1));
  assert.equal(here.told.at(-1)!.connection, 'hearing');
  here.stream.readyState = 0;
  here.hear('error');
  assert.equal(here.told.at(-1)!.connection, 'asking');
  assert.equal(here.opened, 1, 'a browser that connects again is left alone');
  here.stream.readyState = 2;
  here.hear('error');
  await here.pass(OPEN_AGAIN);
  assert.equal(here.opened, 2);
});

test('a broken connection keeps what was known and goes on asking', async () => {
  const here = world();
  here.watcher();
  await here.answer(progress(4));
  await here.pass(ASK_EVERY);
  await here.answer(new Error('network'));
  assert.equal(here.told.at(-1)!.connection, 'broken');
  assert.equal(here.told.at(-1)!.progress?.newest_event, 4);
  await here.pass(ASK_EVERY);
  await here.answer(new RangeError('not yours'));
  assert.equal(here.told.at(-1)!.problem, 'not yours');
  await here.pass(ASK_EVERY);
  await here.answer(progress(5));
  assert.deepEqual([here.told.at(-1)!.problem, here.told.at(-1)!.connection], [null, 'hearing']);
});

test('nothing is told after the end', async () => {
  const here = world();
  const watcher = here.watcher();
  watcher.end();
  await here.answer(progress(1));
  await here.pass(10 * ASK_EVERY);
  assert.deepEqual([here.told, here.answers.length, here.stream.closed], [[], 0, 1]);
});

test('the title says how many doors stay shut, and the sound comes when there are more', () => {
  const live = (open: number, overdue: number): Live => ({ progress: progress(1, open, overdue), connection: 'hearing', problem: null });
  assert.deepEqual(alarmsOf([live(2, 1), live(1, 0)]), { open: 3, overdue: 1 });
  assert.equal(titleOf('Console', { open: 2, overdue: 0 }), '(2) Console');
  assert.equal(titleOf('(2) Console', { open: 0, overdue: 0 }), 'Console');
  assert.equal(worse(null, { open: 1, overdue: 1 }), false, 'what was so when the page opened is seen');
  assert.equal(worse({ open: 1, overdue: 0 }, { open: 1, overdue: 1 }), true);
  assert.equal(worse({ open: 2, overdue: 1 }, { open: 1, overdue: 1 }), false);
});
