// The console's outbox: whatever fails, each entry arrives once and in order, and no refusal is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Given, Outbox } from '../src/console/entering/outbox.ts';
import { openShelf } from '../src/console/entering/shelf.ts';
import { Refused } from '../src/service/client.ts';

/** A browser's storage, which outlives pages. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() { return kept.size; },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  }; // prettier-ignore
}

/** A service that keeps each id once; what it does next is set by the test. */
class Service {
  readonly kept: string[] = [];
  asked = 0;
  next: ('answer' | 'lose question' | 'lose answer' | Refused)[] = [];

  async send(_path: string, body: unknown): Promise<unknown> {
    this.asked += 1;
    const deed = this.next.shift() ?? 'answer';
    if (deed === 'lose question') throw new TypeError('Failed to fetch');
    if (deed instanceof Refused) throw deed;
    const { id } = body as { id: string };
    if (!this.kept.includes(id)) this.kept.push(id);
    if (deed === 'lose answer') throw new TypeError('Failed to fetch');
    return { id };
  }
}

/** A page of the browser: its timers run when a test lets time pass. */
class Page {
  now = 1_000_000;
  readonly #timers: { at: number; work: () => void }[] = [];
  readonly outbox: Outbox;

  constructor(service: Service, kept: Storage, who = 'wang') {
    this.outbox = new Outbox(openShelf(() => kept, who), (path, body) => service.send(path, body), {
      clock: () => this.now,
      later: (work, milliseconds) => void this.#timers.push({ at: this.now + milliseconds, work }),
    });
  }

  async passes(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    const due = this.#timers.filter(({ at }) => at <= this.now);
    for (const timer of due) this.#timers.splice(this.#timers.indexOf(timer), 1);
    for (const { work } of due) work();
    await this.outbox.flush();
  }
}

const given = (id: string, more: Partial<Given> = {}): Given => ({
  id, path: '/there', body: { id }, what: { key: 'sent_count' }, about: `case/${id}`, ...more,
});

const refusal = (status: number, detail: string) => new Refused({ status, detail });

test('an entry is answered at once where nothing is wrong, and nothing is left behind', async () => {
  const [service, kept] = [new Service(), storage()];
  const { outbox } = new Page(service, kept);
  assert.deepEqual(await outbox.submit(given('one')), { state: 'kept', answer: { id: 'one' } });
  assert.equal(kept.length, 0);
});

test('a lost question and a lost answer are sent again, and count once', async () => {
  const service = new Service();
  service.next = ['lose question', 'lose answer'];
  const page = new Page(service, storage());
  const settled = page.outbox.submit(given('one'));
  await page.passes(0);
  assert.equal(page.outbox.entries()[0]?.state, 'waiting');
  assert.equal(page.outbox.failures, 1);
  await page.passes(1_000);
  assert.equal(service.asked, 1, 'the pause lasts');
  await page.passes(2_000);
  await page.passes(10_000);
  assert.equal((await settled).state, 'kept');
  assert.deepEqual(service.kept, ['one']);
});

test('what a closed page left is sent by the next one, in order', async () => {
  const [service, kept] = [new Service(), storage()];
  service.next = ['lose question', 'lose question'];
  const first = new Page(service, kept);
  for (const id of ['b', 'a', 'c']) void first.outbox.submit(given(id));
  await first.passes(0);
  const second = new Page(service, kept);
  assert.deepEqual(second.outbox.entries().map((one) => one.id), ['b', 'a', 'c']);
  await second.outbox.hurry();
  await second.passes(10_000);
  assert.deepEqual(service.kept, ['b', 'a', 'c']);
  assert.equal(kept.length, 0);
});

test('a refusal is told to whoever waits, holds up nothing, and is kept where nobody waits', async () => {
  const service = new Service();
  service.next = [refusal(409, 'closed already'), 'answer', refusal(422, 'no such time')];
  const { outbox } = new Page(service, storage());
  const [first, second] = [outbox.submit(given('one')), outbox.submit(given('two'))];
  assert.deepEqual(await first, { state: 'refused', message: 'closed already' });
  assert.equal((await second).state, 'kept');
  void outbox.submit(given('three'));
  outbox.leave('three');
  await outbox.flush();
  assert.deepEqual(outbox.entries().map((one) => [one.id, one.state, one.message]), [['three', 'refused', 'no such time']]);
  outbox.drop('three');
  assert.deepEqual(outbox.entries(), []);
});

test('a session that ended, or a service that starts, loses nothing and says why it waits', async () => {
  const service = new Service();
  service.next = [refusal(401, 'sign in first'), refusal(403, 'load the page again'), refusal(503, 'not ready')];
  const page = new Page(service, storage());
  const settled = page.outbox.submit(given('one'));
  await page.passes(0);
  assert.equal(page.outbox.entries()[0]?.message, 'sign in first');
  await page.passes(10_000);
  await page.passes(10_000);
  assert.equal(page.outbox.entries()[0]?.message, 'not ready');
  await page.passes(20_000);
  assert.equal((await settled).state, 'kept');
});

test('a draft is done with when its sheet is kept, and stays where it is refused', async () => {
  const [service, kept] = [new Service(), storage()];
  const { outbox } = new Page(service, kept);
  for (const name of ['sheet/1', 'sheet/2']) outbox.shelf.write(name, {});
  service.next = [refusal(409, 'no'), 'answer'];
  await outbox.submit(given('one', { draft: 'sheet/1' }));
  await outbox.submit(given('two', { draft: 'sheet/2' }));
  assert.deepEqual(outbox.shelf.names('sheet/'), ['sheet/1']);
});

test('one person never sends, or sees, what another entered in the same browser', async () => {
  const [service, kept] = [new Service(), storage()];
  service.next = ['lose question'];
  const first = new Page(service, kept, 'wang');
  void first.outbox.submit(given('one'));
  await first.passes(0);
  const other = new Page(service, kept, 'wang2');
  assert.deepEqual(other.outbox.entries(), []);
  await other.outbox.hurry();
  assert.deepEqual(service.kept, []);
});

test('an entry that is given up while it is under way does not come back', async () => {
  const service = new Service();
  service.next = ['lose question'];
  const page = new Page(service, storage());
  void page.outbox.submit(given('one'));
  page.outbox.drop('one');
  await page.passes(60_000);
  assert.deepEqual(page.outbox.entries(), []);
});

test('where the browser keeps nothing the open page does, and says so', async () => {
  const full = { ...storage(), setItem: () => { throw new DOMException('full'); } }; // prettier-ignore
  const shelf = openShelf(() => full, 'wang');
  shelf.write('sheet/1', { revision: 2 });
  assert.deepEqual(shelf.read('sheet/1'), { revision: 2 });
  assert.equal(shelf.lasting, false);
  shelf.remove('sheet/1');
  assert.equal(shelf.lasting, true);
});
