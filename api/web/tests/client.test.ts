// How the service is asked, and what becomes of its refusals.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Client, Refused } from '../src/service/client.ts';

function answering(body: unknown, status = 200) {
  const asked: string[] = [];
  const ask = (path: string | URL | Request) => {
    asked.push(String(path));
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  };
  return { asked, client: new Client(ask as typeof fetch) };
}

test('only services with a published plan are offered', async () => {
  const drafted = { day: '2026-11-20', meal: 'lunch', published_revision: null };
  const published = { ...drafted, published_revision: 3 };
  const { asked, client } = answering({ items: [drafted, published], total: 2 });
  assert.deepEqual(await client.planned('2026-11-15'), [published]);
  assert.deepEqual(asked, ['/api/v1/services?limit=500&first=2026-11-15']);
});

test('a change proves itself and is sent as JSON; an empty answer is none', async () => {
  const sent: RequestInit[] = [];
  const ask = (_: unknown, init: RequestInit) => {
    sent.push(init);
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  const client = new Client(ask as typeof fetch, 'proof');
  assert.equal(await client.send('/x', { method: 'PATCH', body: { a: 1 } }), null);
  assert.equal(sent[0]?.body, '{"a":1}');
  assert.deepEqual(sent[0]?.headers, {
    accept: 'application/json', 'x-csrf-token': 'proof', 'content-type': 'application/json',
  });
});

test('a refusal is thrown with the sentence the service gave', async () => {
  const { client } = answering({ status: 404, detail: '还没有背景地图' }, 404);
  await assert.rejects(client.basemap(), (error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual([error.message, error.status], ['还没有背景地图', 404]);
    return true;
  });
});
