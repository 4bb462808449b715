// What the console says: key → Chinese, English; each view's texts are in a file of texts/.
import { type Language, type Speak, speakerOf } from '../speaking.ts';
import { DAY_TEXTS } from './texts/day.ts';
import { FRAME_TEXTS } from './texts/frame.ts';
import { MAP_TEXTS } from './texts/map.ts';
import { PLAN_TEXTS } from './texts/plan.ts';
import { ROSTER_TEXTS } from './texts/roster.ts';

export const TEXTS = { ...FRAME_TEXTS, ...DAY_TEXTS, ...MAP_TEXTS, ...PLAN_TEXTS, ...ROSTER_TEXTS } as const;

export type Key = keyof typeof TEXTS;
export type Say = Speak<Key>;
export type { Language };

/** Return the function that says things in a language. */
export function speaker(language: Language): Say {
  return speakerOf<Key>(TEXTS, language);
}
