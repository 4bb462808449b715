// Figures in words: counts, shares and their differences, none of them told more exactly than known.
import type { Count, Share } from './service/siting.ts';

export const UNTOLD = '—';

/** Return a count; "<5" stays as the service says it. */
export function countText(count: Count): string {
  return typeof count === 'number' ? count.toLocaleString('en-US') : count;
}

export function shareText(share: Share): string {
  return share === null ? UNTOLD : `${(share * 100).toFixed(1)}%`;
}

/** Return a share without decimals, for narrow tables. */
export function roundShareText(share: Share): string {
  return share === null ? UNTOLD : `${Math.round(share * 100)}%`;
}

/** Return the difference of two counts with its sign; none where one is not told. */
export function countChange(before: Count, after: Count): string {
  if (typeof before !== 'number' || typeof after !== 'number') return UNTOLD;
  return signed(after - before, (size) => countText(size));
}

/** Return the difference of two shares in points of percent, with its sign. */
export function shareChange(before: Share, after: Share): string {
  if (before === null || after === null) return UNTOLD;
  return signed(Math.round((after - before) * 1000) / 10, (size) => size.toFixed(1));
}

/** Return a load as a share of capacity, "130%". */
export function loadText(load: number | null): string {
  return roundShareText(load);
}

export function minutesOf(seconds: number): number {
  return Math.round(seconds / 6) / 10;
}

function signed(size: number, text: (size: number) => string): string {
  if (size === 0) return '±0';
  return size > 0 ? `+${text(size)}` : `−${text(-size)}`;
}
