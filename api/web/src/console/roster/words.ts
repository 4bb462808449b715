// Values of the roster in people's words: weekdays, fields, changes before and after.
import type { Key, Say } from '../texts.ts';
import { ROSTER_TEXTS } from '../texts/roster.ts';

export const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
export const DIETS = [
  '低糖', '低盐', '少油', '低脂', '软食', '半流食', '流食', '糊餐', '清真', '素食', '不辣', '低嘌呤', '忌海鲜',
] as const; // prettier-ignore

/** Say a value of a closed set, such as care_level "disabled"; the value itself if it has no words. */
export function wordOf(say: Say, set: string, value: string | null): string {
  if (value === null || value === '') return '';
  const key = `${set}_${value}`;
  return key in ROSTER_TEXTS ? say(key as Key) : value;
}

/** Say weekdays: every day, Mon–Fri, or one by one. */
export function weekdaysText(say: Say, days: readonly number[]): string {
  const sorted = [...days].sort();
  if (sorted.length === 7) return say('every_day');
  if (sorted.join() === '0,1,2,3,4') return say('working_days');
  if (sorted.join() === '5,6') return say('weekend');
  return sorted.map((day) => wordOf(say, 'weekday', String(day))).join(say('list_mark'));
}

const SETS = new Set(['sex', 'care_level', 'hardship', 'kind', 'mode']);

/** Say one side of a field's change. */
export function valueText(say: Say, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return say('nothing_there');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (field === 'place') return typeof value === 'string' ? wordOf(say, 'reason', value) : placeText(value);
  if (field === 'lunch' || field === 'dinner') return mealText(say, value);
  if (field === 'shifts') return shiftsText(say, value);
  if (Array.isArray(value)) return value.filter(Boolean).map(String).join(' ') || say('nothing_there');
  return SETS.has(field) ? wordOf(say, field, String(value)) : String(value);
}

/** Say the name of a field as the forms have it. */
export function fieldText(say: Say, field: string): string {
  const key = `field_${field}`;
  return key in ROSTER_TEXTS ? say(key as Key) : field;
}

function placeText(value: unknown): string {
  return Array.isArray(value) ? value.map((degrees) => Number(degrees).toFixed(5)).join(', ') : String(value);
}

function mealText(say: Say, value: unknown): string {
  if (Array.isArray(value)) {
    const [capacity, opens, closes] = value as [number, string, string];
    return say('portions_between', { count: capacity, first: opens, last: closes });
  }
  const { way, portions, weekdays, window } = value as {
    way: string;
    portions: number;
    weekdays: number[];
    window: [string | null, string | null];
  };
  const hours = window[0] === null ? '' : `${window[0]}–${window[1] ?? ''}`;
  return [wordOf(say, 'way', way), say('portions_count', { count: portions }), weekdaysText(say, weekdays), hours]
    .filter(Boolean)
    .join(' ');
}

function shiftsText(say: Say, value: unknown): string {
  const shifts = value as [number[], string, string][];
  if (shifts.length === 0) return say('nothing_there');
  return shifts.map(([days, starts, ends]) => `${weekdaysText(say, days)} ${starts}–${ends}`).join('; ');
}
