// Two scenarios on one map: the left one below, the right one over it, parted by a divider to drag.
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { divided } from '../comparing.ts';
import type { Deeds } from '../map/hand.ts';
import { MapOnPage } from '../map/view.ts';
import type { Client } from '../service/client.ts';
import { Planning } from '../service/planning.ts';
import { sideOf } from '../sides.ts';
import type { Event, State } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { nameOf } from './ScenarioSelect.tsx';

interface Properties {
  client: Client;
  /** The map that lies below, which shows the left side. */
  below: RefObject<MapOnPage | null>;
  state: State;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
}

/** Sites are not chosen on the right side: what is chosen belongs to the scenario in hand. */
const NO_DEEDS: Deeds = {
  chosen: () => undefined,
  placed: () => undefined,
  dragged: () => undefined,
  drawn: () => undefined,
};

export function Divided({ client, below, state, say, language, tell, reason }: Properties) {
  const { comparing, listed, trying } = state;
  const { before, after, layer, shapes, divider } = comparing;
  const planning = useMemo(() => new Planning(client), [client]);
  const box = useRef<HTMLDivElement>(null);
  const above = useRef<MapOnPage | null>(null);
  const left = nameOf(listed.list, before, say);
  const right = nameOf(listed.list, after, say);
  const side = useMemo(() => sideOf(state, 'after'), [comparing, listed, trying]);

  useEffect(() => {
    const under = below.current;
    if (box.current === null || under === null) return;
    const title = say('compare_map_right', { name: right });
    const opened = new MapOnPage(box.current, side, { say, language }, NO_DEEDS, { map: under, title });
    const part = under.moveWith(opened);
    above.current = opened;
    return () => {
      part();
      opened.close(); // and with it the second drawing context, of which a browser has few
      above.current = null;
    };
  }, [right]);
  useEffect(() => {
    above.current?.show(side);
    if (shapes === null) box.current?.removeAttribute('data-shows');
    else above.current?.whenDrawn(() => box.current?.setAttribute('data-shows', layer));
  }, [side]);

  useEffect(() => {
    if (shapes !== null) return;
    const whom = { population: trying.population, boundaries: trying.boundaries };
    Promise.all([planning.layer(layer, before, whom), planning.layer(layer, after, whom)]).then(
      ([was, is]) =>
        tell({ type: 'compared shapes', before, after, shapes: { layer, before: was, after: is } }),
      (error: unknown) => tell({ type: 'compare trouble', before, after, reason: reason(error) }),
    );
  }, [shapes, layer, before, after]);

  return (
    <>
      <div class="map second" ref={box} style={{ clipPath: `inset(0 0 0 ${divider * 100}%)` }} />
      <Label side="left" at={divider} words={say('compare_left', { name: left })} />
      <Label side="right" at={divider} words={say('compare_right', { name: right })} />
      <Divider at={divider} left={left} right={right} say={say} tell={tell} />
    </>
  );
}

function Label({ side, at, words }: { side: 'left' | 'right'; at: number; words: string }) {
  const place = side === 'left' ? { right: `${(1 - at) * 100}%` } : { left: `${at * 100}%` };
  const hidden = side === 'left' ? at < 0.08 : at > 0.92; // there is no room for it
  return hidden ? null : (
    <p class={`side ${side}`} style={place}>
      {words}
    </p>
  );
}

interface DividerProperties {
  at: number;
  left: string;
  right: string;
  say: Say;
  tell: (event: Event) => void;
}

function Divider({ at, left, right, say, tell }: DividerProperties) {
  const share = Math.round(at * 100);
  const drag = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement;
    const frame = bar.parentElement?.getBoundingClientRect();
    if (frame && bar.hasPointerCapture(event.pointerId))
      tell({ type: 'divide', at: (event.clientX - frame.left) / frame.width });
  };
  return (
    <div
      class="divider"
      role="slider"
      tabIndex={0}
      aria-label={say('compare_divider')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
      aria-valuetext={say('compare_divider_at', { share, before: left, after: right })}
      style={{ left: `${at * 100}%` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        event.preventDefault();
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const to = divided(at, event.key);
        if (to === null) return;
        event.preventDefault(); // the page stays where it is
        tell({ type: 'divide', at: to });
      }}
    >
      <span aria-hidden="true">‹ ›</span>
    </div>
  );
}
