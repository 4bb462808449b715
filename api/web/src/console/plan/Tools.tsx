// Between head and table: say that something changed, proposals that wait, and the map on or off.
import { hashOf, type Place } from '../address.ts';
import { stamp } from '../parts/times.ts';
import type { Proposal } from './types.ts';
import { type Words } from './words.ts';

interface Properties {
  words: Words;
  place: Place;
  proposals: readonly Proposal[];
  /** Whether the form of the day's changes is offered. */
  asks: boolean;
  mapShown: boolean;
  showMap: (shown: boolean) => void;
  /** null: nothing is selected. */
  showAll: (() => void) | null;
}

export function Tools({ words, place, proposals, asks, mapShown, showMap, showAll }: Properties) {
  const { say, zone, day } = words;
  const waiting = proposals.filter((one) => one.state === 'open');
  return (
    <p class="plan-tools">
      {asks && (
        <a class="button" href={hashOf({ ...place, rest: ['change'] })}>
          {say('plan_changes_open')}
        </a>
      )}
      {waiting.length > 0 && (
        <span class="waiting">
          {say('plan_proposals')}
          {waiting.map((one) => (
            <a key={one.id} href={hashOf({ ...place, rest: ['proposal', String(one.id)] })}>
              {say('plan_proposal', { id: one.id })} ·{' '}
              {say('plan_proposal_by', { by: one.made_by, at: stamp(one.made_at, zone, day) })}
            </a>
          ))}
        </span>
      )}
      <button type="button" class="quiet" aria-expanded={mapShown} onClick={() => showMap(!mapShown)}>
        {say(mapShown ? 'plan_hide_map' : 'plan_show_map')}
      </button>
      {showAll && (
        <button type="button" class="quiet" onClick={showAll}>
          {say('plan_show_all')}
        </button>
      )}
    </p>
  );
}
