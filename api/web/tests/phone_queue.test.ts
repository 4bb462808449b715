// The queue of reports: whatever fails, each arrives once and in order.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Outbox } from '../src/phone/outbox.ts';
import {
  BATCH, type Entry, messages, nextBatch, paceAfter, READY, type Sent, settled, unsent,
} from '../src/phone/queue.ts'; // prettier-ignore
import { PageStorage } from '../src/phone/storage.ts';
import type { Answer } from '../src/phone/types.ts';

const SERVICE = { day: '2026-11-21', meal: 'lunch' } as const;

function waiting(place: number, more: Partial<Entry> = {}): Entry {
  const report = { id: `report-${place}`, kind: 'outcome', at: '2026-11-21T03:00:00Z' } as const;
  return { place, service: SERVICE, report, state: 'waiting', message: null, ...more };
}

/** Numbers from 0 to 1 that are the same in every run. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A service that keeps each id once, behind a network that loses questions and answers. */
class Service {
  readonly kept: string[] = [];
  readonly bad: ReadonlySet<string>;
  readonly #chance: () => number;
  /** Share of questions that go wrong. */
  loss: number;

  constructor(chance: () => number, loss: number, bad: readonly string[] = []) {
    this.#chance = chance;
    this.loss = loss;
    this.bad = new Set(bad);
  }

  async send(_service: unknown, batch: readonly Entry[]): Promise<Sent> {
    if (this.#chance() < this.loss) return { kind: 'unreachable' }; // lost on the way there
    if (batch.some((entry) => this.bad.has(entry.report.id))) {
      return { kind: 'rejected', message: 'not understood' };
    }
    const answers = batch.map(({ report: { id } }) => {
      const known = this.kept.includes(id);
      if (!known) this.kept.push(id);
      const result = known ? ('known' as const) : ('accepted' as const);
      return { id, result, reason: null, message: null, said: null, advice: null };
    });
    if (this.#chance() < this.loss) return { kind: 'unreachable' }; // lost on the way back
    // A service may answer a part.
    const part = this.#chance() < this.loss ? answers.slice(0, Math.ceil(answers.length / 2)) : answers;
    return { kind: 'answered', answers: part };
  }
}

test('in any order of failures each report arrives once and in order', async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = chances(seed);
    const service = new Service(chance, 0.6);
    const storage = new PageStorage();
    let now = 0;
    const later: { at: number; work: () => void }[] = [];
    const around = {
      clock: () => now,
      chance,
      later: (work: () => void, pause: number) => void later.push({ at: now + pause, work }),
    };
    let outbox = new Outbox('link', service, storage, around, () => undefined);
    const made: string[] = [];
    for (let number = 0; number < 40; number += 1) {
      const id = `report-${number}`;
      made.push(id);
      await storage.add('link', { ...waiting(number) });
      if (chance() < 0.5) await outbox.flush();
      if (chance() < 0.2) outbox = new Outbox('link', service, storage, around, () => undefined); // reload
      if (chance() < 0.3) now += 70_000;
    }
    service.loss = 0.3;
    for (let round = 0; round < 200 && unsent(await storage.entries('link')) > 0; round += 1) {
      now += 70_000;
      await outbox.flush();
    }
    assert.equal(unsent(await storage.entries('link')), 0, `seed ${seed}`);
    assert.deepEqual(service.kept, made, `seed ${seed}`);
  }
});

test('two pages of one link send each report once', async () => {
  const service = new Service(chances(7), 0);
  const storage = new PageStorage();
  const around = { clock: () => 0, chance: () => 0, later: () => undefined };
  const pages = [1, 2].map(() => new Outbox('link', service, storage, around, () => undefined));
  for (let number = 0; number < 5; number += 1) await storage.add('link', waiting(number));
  await Promise.all(pages.map((page) => page.flush()));
  assert.deepEqual(service.kept, [0, 1, 2, 3, 4].map((number) => `report-${number}`));
});

test('one report that can never be taken holds no other back, and its sentence is kept', async () => {
  const service = new Service(chances(3), 0, ['report-2']);
  const storage = new PageStorage();
  const around = { clock: () => 0, chance: () => 0, later: () => undefined };
  for (let number = 0; number < 6; number += 1) await storage.add('link', waiting(number));
  await new Outbox('link', service, storage, around, () => undefined).flush();
  assert.deepEqual(service.kept, ['report-0', 'report-1', 'report-3', 'report-4', 'report-5']);
  const [said] = messages(await storage.entries('link'), 'zh');
  assert.equal(said?.message, 'not understood');
  assert.deepEqual(said?.entries.map((entry) => entry.report.id), ['report-2']);
});

test('a batch is the oldest reports; a photo goes alone', () => {
  const photo = new ArrayBuffer(8);
  const entries = [waiting(3), waiting(1), waiting(2, { photo }), waiting(0, { state: 'kept' })];
  assert.deepEqual(nextBatch(entries, READY).map((one) => one.place), [1]);
  assert.deepEqual(nextBatch(entries.slice(2), READY).map((one) => one.place), [2]);
  const many = Array.from({ length: BATCH + 5 }, (_, place) => waiting(place));
  assert.equal(nextBatch(many, READY).length, BATCH);
});

/** The answer to a report; its sentence is said in both languages. */
function answer(id: string, result: Answer['result'], message: string | null, more: Partial<Answer> = {}): Answer {
  const said = message === null ? null : { zh: `${message}了`, en: message };
  return { id, result, reason: null, message, said, advice: null, ...more };
}

test('what is not counted is kept apart with its sentence, what is known counts as sent', () => {
  const answers = [
    answer('report-1', 'not_counted', 'over', { reason: 'duty_over' }),
    answer('report-2', 'known', null),
    answer('report-3', 'known', 'early', { reason: 'too_early' }),
  ];
  const photo = new ArrayBuffer(8);
  const changed = settled([waiting(1, { photo }), waiting(2), waiting(3), waiting(4)], {
    kind: 'answered', answers,
  }); // prettier-ignore
  assert.deepEqual(changed.map((one) => one.state), ['apart', 'kept', 'apart']);
  assert.deepEqual(changed.map((one) => one.message?.en), ['over', undefined, 'early']);
  assert.equal(changed[0]?.photo, undefined);
});

test('sentences follow the reader’s language, and advice about the clock does not pile up', () => {
  const moved = answer('report-1', 'accepted', 'moved', { advice: 'stop_moved' });
  const clock = [2, 3].map((place) =>
    answer(`report-${place}`, 'accepted', `${place} minutes fast`, { advice: 'clock_corrected' }),
  );
  const kept = settled([1, 2, 3].map((place) => waiting(place)), { kind: 'answered', answers: [moved, ...clock] });
  assert.deepEqual(messages(kept, 'en').map((one) => one.message), ['moved']);
  assert.deepEqual(messages(kept, 'zh').map((one) => one.message), ['moved了']);
});

test('pauses after failures double up to a minute and end with the first answer', () => {
  const lost = { kind: 'unreachable' } as const;
  let pace = READY;
  const pauses = Array.from({ length: 8 }, () => {
    pace = paceAfter(pace, [waiting(1)], lost, 1000, 0.5);
    return pace.notBefore - 1000;
  });
  assert.deepEqual(pauses, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  const answers = [answer('report-1', 'accepted', null)];
  assert.deepEqual(paceAfter(pace, [waiting(1)], { kind: 'answered', answers }, 5, 0.5), READY);
});
