// One question at a time, the newest wins, and a lost connection loses no question.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Latest } from '../src/asking.ts';
import { Refused } from '../src/service/client.ts';

/** A service whose answers the test gives, and a clock that it moves. */
function service() {
  const open: { question: string; answer: (text: string) => void; fail: (error: unknown) => void }[] = [];
  const said: string[] = [];
  const timers: (() => void)[] = [];
  const latest = new Latest<string, string>(
    (question) => new Promise((answer, fail) => open.push({ question, answer, fail })),
    {
      asking: () => undefined,
      answered: (question, answer) => said.push(`${question}=${answer}`),
      refused: (question, reason) => said.push(`${question} refused: ${reason}`),
      lost: (question) => said.push(`${question} lost`),
    },
    (run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  );
  return { latest, open, said, timers };
}

const settled = () => new Promise((done) => setImmediate(done));

test('while one is asked only the newest of the others waits', async () => {
  const { latest, open, said } = service();
  for (const question of ['a', 'b', 'c']) latest.want(question);
  assert.deepEqual(open.map((one) => one.question), ['a']);
  open[0]?.answer('1');
  await settled();
  assert.deepEqual(open.map((one) => one.question), ['a', 'c']);
  open[1]?.answer('3');
  await settled();
  assert.deepEqual(said, ['a=1', 'c=3']);
});

test('a question that the connection swallowed is asked again when it is back', async () => {
  const { latest, open, said, timers } = service();
  latest.want('a');
  open[0]?.fail(new TypeError('Failed to fetch'));
  await settled();
  assert.deepEqual([said, timers.length], [['a lost'], 1]);
  latest.hurry();
  open[1]?.answer('1');
  await settled();
  assert.deepEqual([said, timers.length], [['a lost', 'a=1'], 0]);
});

test('after a lost one the newer place is asked, not the older', async () => {
  const { latest, open } = service();
  latest.want('a');
  latest.want('b');
  open[0]?.fail(new TypeError('Failed to fetch'));
  await settled();
  latest.hurry();
  assert.deepEqual(open.map((one) => one.question), ['a', 'b']);
});

test('without a word from the browser the clock asks again', async () => {
  const { latest, open, timers } = service();
  latest.want('a');
  open[0]?.fail(new TypeError('Failed to fetch'));
  await settled();
  timers[0]?.();
  assert.deepEqual(open.map((one) => one.question), ['a', 'a']);
});

test('what the service refuses is told with its reason and not asked again', async () => {
  const { latest, open, said, timers } = service();
  latest.want('a');
  open[0]?.fail(new Refused({ status: 503, detail: '还没有路网' }));
  await settled();
  assert.deepEqual([said, timers.length, open.length], [['a refused: 还没有路网'], 0, 1]);
});
