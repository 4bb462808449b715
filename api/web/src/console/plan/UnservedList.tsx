// Orders that nobody brings, with the reason and what would help; each can be given to a courier by hand.
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import { hashOf } from '../address.ts';
import { Remedies, type Remedy } from '../parts/Remedies.tsx';
import { useAsked } from '../parts/useAsked.ts';
import type { Unserved } from './types.ts';
import { nameOf, type Words } from './words.ts';

interface Properties {
  client: Client;
  /** Address of the service's API. */
  path: string;
  revision: number;
  unserved: readonly Unserved[];
  words: Words;
  /** The address leads here. */
  wanted: boolean;
  /** Whether whoever looks may set where an elder lives. */
  places: boolean;
  /** null where the revision cannot be changed. */
  give: ((one: Unserved) => void) | null;
}

/** Whoever has no place cannot be given to anybody. */
const UNLOCATED = 'unlocated';

interface Explained {
  orders: { order: number; wish: 'served' | 'inside'; remedies: Remedy[] }[];
}

export function UnservedList(properties: Properties) {
  return properties.unserved.length === 0 ? null : <Listed {...properties} />;
}

function Listed({ client, path, revision, unserved, words, wanted, places, give }: Properties) {
  const { say } = words;
  const { answer } = useAsked<Explained>(client, say, `${path}/plan/explanation?revision=${revision}`);
  const helps = new Map(answer?.orders.map((one) => [one.order, one.remedies]));
  const list = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    if (!wanted || list.current === null) return;
    list.current.open = true;
    list.current.querySelector('summary')?.focus();
  }, [wanted]);
  return (
    <details class="unserved" ref={list}>
      <summary>{say('plan_unserved', { count: unserved.length })}</summary>
      <ul>
        {unserved.map((one) => (
          <li key={one.order}>
            <strong>{nameOf(one, words)}</strong>{' '}
            <span class="note">
              {one.elder ? `${one.elder.code} · ` : ''}#{one.order} · {one.reason_text}
            </span>{' '}
            {places && one.reason === UNLOCATED && one.elder && (
              <a href={hashOf({ view: 'roster', service: null, rest: ['unlocated', one.elder.code] })}>{say('plan_to_place_home')}</a>
            )}
            {give && one.reason !== UNLOCATED && (
              <button
                type="button"
                class="quiet"
                aria-label={say('plan_change_stop_of', { who: nameOf(one, words) })}
                onClick={() => give(one)}
              >
                {say('plan_change_stop')}
              </button>
            )}
            {helps.has(one.order) && <Remedies remedies={helps.get(one.order) ?? []} say={say} />}
          </li>
        ))}
      </ul>
    </details>
  );
}
