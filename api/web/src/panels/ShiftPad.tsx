// Shifts the site in the hand by some metres: four buttons, or the arrow keys on any of them.
import { useLayoutEffect, useRef } from 'preact/hooks';

import { shifted } from '../placing.ts';
import type { Position } from '../service/types.ts';
import type { Key, Say } from '../texts.ts';

interface Properties {
  place: Position;
  say: Say;
  onPlace: (place: Position) => void;
}

const STEP = 20; // metres
const STRIDE = 100; // with Shift

const WAYS: { key: string; words: Key; sign: string; east: number; north: number }[] = [
  { key: 'ArrowUp', words: 'north', sign: '↑', east: 0, north: 1 },
  { key: 'ArrowLeft', words: 'west', sign: '←', east: -1, north: 0 },
  { key: 'ArrowRight', words: 'east', sign: '→', east: 1, north: 0 },
  { key: 'ArrowDown', words: 'south', sign: '↓', east: 0, north: -1 },
];

export function ShiftPad({ place, say, onPlace }: Properties) {
  const go = (way: (typeof WAYS)[number], metres: number) =>
    onPlace(shifted(place, way.east * metres, way.north * metres));
  const pad = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The button that placed the site is gone, and whoever pressed it by keyboard goes on here.
    if (document.activeElement === document.body) pad.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div
      ref={pad}
      class="pad"
      role="group"
      aria-label={say('shift')}
      onKeyDown={(event) => {
        const way = WAYS.find(({ key }) => key === event.key);
        if (way === undefined) return;
        event.preventDefault(); // the panel does not scroll
        go(way, event.shiftKey ? STRIDE : STEP);
      }}
    >
      <span class="note" aria-hidden="true">
        {say('shift')}
      </span>
      {WAYS.map((way) => (
        <button
          key={way.key}
          type="button"
          class="quiet"
          aria-label={say(way.words, { metres: STEP })}
          onClick={(event) => go(way, event.shiftKey ? STRIDE : STEP)}
        >
          {way.sign}
        </button>
      ))}
    </div>
  );
}
