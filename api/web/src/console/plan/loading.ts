// Reads everything that the view shows of a plan, and keeps what was there until the new is complete.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { type Client, Refused } from '../../service/client.ts';
import type { Page, Routes } from '../../service/types.ts';
import type { Say } from '../texts.ts';
import type { Courier, Duty, Loaded, Lock, Order, Places, Proposal, StopDay, Summary, Unserved, Ways } from './types.ts';

const PAGE = 500;
/** After the connection broke it is read again so often. */
const ASK_AGAIN = 15_000; // milliseconds

/** Return an error as a sentence: the service's own, or that the connection broke. */
export function sentence(error: unknown, say: Say): string {
  return error instanceof Refused ? error.message : say('offline');
}

/**
 * Return what to say when something that was sent failed: the service's refusal, or that nobody knows
 * whether it was done, since only the answer may be lost.
 */
export function failure(error: unknown, say: Say): string {
  return error instanceof Refused ? say('plan_refused', { reason: error.message }) : say('plan_unsure');
}

/** Read a revision (null: the published one, else the newest) with all that the table joins to it. */
export async function load(
  client: Client,
  path: string,
  wanted: number | null,
  may: ReadonlySet<string>,
): Promise<Loaded> {
  const revisions = await client.get<Summary[]>(`${path}/plan/revisions`);
  const asked = wanted === null ? '' : `?revision=${wanted}`;
  const summary = await client.get<Summary>(`${path}/plan${asked}`);
  const of = `?revision=${summary.number}`;
  const [now, left, orders, locks, couriers] = await Promise.all([
    client.get<{ duties: Duty[] }>(`${path}/plan/duties${of}`),
    client.get<{ unserved: Unserved[] }>(`${path}/plan/unserved${of}`),
    may.has('read_orders') ? all<Order>(client, `${path}/orders`) : [],
    may.has('make_plans') ? client.get<Lock[]>(`${path}/plan/locks`) : [],
    may.has('read_couriers') ? all<Courier>(client, '/api/v1/couriers') : [],
  ]);
  return {
    revisions, summary, duties: now.duties, unserved: left.unserved, orders, locks, couriers,
  }; // prettier-ignore
}

export const NO_WAYS: Ways = { routes: { features: [] }, places: { features: [] } };

/** Read what the map draws of a revision. */
export async function loadWays(client: Client, path: string, revision: number): Promise<Ways> {
  const [routes, places] = await Promise.all([
    client.get<Routes>(`${path}/plan/routes.geojson?revision=${revision}`),
    client.get<Places>(`${path}/plan/stops.geojson?revision=${revision}`),
  ]);
  return { routes, places };
}

async function all<Item>(client: Client, address: string): Promise<Item[]> {
  const found: Item[] = [];
  for (;;) {
    const page = await client.get<Page<Item>>(`${address}?limit=${PAGE}&offset=${found.length}`);
    found.push(...page.items);
    if (found.length >= page.total || page.items.length === 0) return found;
  }
}

export interface Kept<Value> {
  value: Value | null;
  problem: string | null;
  busy: boolean;
  again: () => void;
}

/**
 * Read something, and again when `what` or `news` changes; the value of before stays until `what` changes.
 */
export function useKept<Value>(read: () => Promise<Value>, what: string, news: string, say: Say): Kept<Value> {
  const [kept, keep] = useState<{ what: string; value: Value } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const [asked, setAsked] = useState(0);
  const newest = useRef(0);
  useEffect(() => {
    const question = ++newest.current;
    setBusy(true);
    read().then(
      (value) => {
        if (question !== newest.current) return;
        keep({ what, value });
        setProblem(null);
        setBusy(false);
      },
      (error: unknown) => {
        if (question !== newest.current) return;
        setProblem(sentence(error, say));
        setBusy(false);
      },
    );
  }, [what, news, asked]);
  useEffect(() => () => void newest.current++, []);
  const again = useCallback(() => setAsked((times) => times + 1), []);
  useEffect(() => {
    if (problem !== say('offline')) return undefined; // what the service refused it refuses again
    const trying = setInterval(again, ASK_AGAIN);
    return () => clearInterval(trying);
  }, [problem, say, again]);
  return { value: kept?.what === what ? kept.value : null, problem, busy, again };
}

/** Read the proposals for a plan, newest first; none where the role makes no plans. */
export function proposalsOf(client: Client, path: string, may: ReadonlySet<string>): Promise<Proposal[]> {
  return may.has('make_plans') ? client.get(`${path}/proposals`) : Promise.resolve([]);
}

/** Read what was reported of each stop; nothing where nothing is published. */
export async function reportsOf(client: Client, path: string, may: ReadonlySet<string>): Promise<StopDay[]> {
  return may.has('read_delivery') ? client.get(`${path}/delivery/stops`) : [];
}
