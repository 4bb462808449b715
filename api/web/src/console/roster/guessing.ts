// Where the map of a place that is not known opens: what is probably near, how near, and in words.
import type { Place } from '../../service/places.ts';
import type { Position } from '../../service/types.ts';
import { type Box, boxAround } from '../map/properties.ts';
import type { Say } from '../texts.ts';

/** A place that is probably near: what it is made of, and where it is. */
export interface Guess {
  kind: 'coordinates' | 'swapped' | 'homes' | 'canteen' | 'found';
  point: Position;
  /** What a search found is called. */
  name?: string;
}

const CLOSE = 0.0008; // degrees around a place: less than 100 metres, so that houses are seen on a low map too
const WIDE = 0.006; // around a canteen, whose elders live anywhere near

/** Return what of the map is shown for a guess; null: all of it. */
export function boxOf(guess: Guess | null): Box | null {
  if (guess === null) return null;
  const [lon, lat] = guess.point;
  const round = guess.kind === 'canteen' ? WIDE : CLOSE;
  return boxAround([
    [lon - round, lat - round],
    [lon + round, lat + round],
  ]);
}

/** Say whether a guess is no better than what a search for the compound may find. */
export function worthSearching(guess: Guess | null): boolean {
  return guess === null || guess.kind === 'canteen';
}

/** Return the place of just this name among those that a search found, as a guess. */
export function sameName(places: readonly Place[], name: string): Guess | null {
  const found = places.find((one) => plain(one.name) === plain(name));
  return found ? { kind: 'found', point: found.point, name: found.name } : null;
}

/** Say where the map opened, and that it is a guess. */
export function guessText(say: Say, guess: Guess | null): string {
  return guess === null ? say('guess_none') : say(`guess_${guess.kind}`, { name: guess.name ?? '' });
}

function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s|小区$/g, '').toLowerCase();
}
