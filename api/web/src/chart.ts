// The curve over the number of new sites as places in a picture: points, lines, marks of the axes.
import type { BestSites, Step } from './service/planning.ts';
import type { Count } from './service/siting.ts';

export const CHART = { width: 300, height: 170, left: 46, right: 12, top: 14, bottom: 30 } as const;

export interface Chart {
  points: { x: number; y: number; sites: number; value: number }[];
  /** Height of what is proven that no choice can pass. */
  bounds: { x: number; y: number }[];
  levels: { y: number; value: number }[];
  steps: { x: number; sites: number }[];
}

/** Return the value that the curve is about; null where it is too small to be told. */
export function valueOf(goal: BestSites['goal'], step: Step): number | null {
  const value: Count = goal === 'most_covered' ? step.covered : step.objective;
  return typeof value === 'number' ? value : null;
}

/** Return the curve of a choice; null where there are fewer than two points to draw. */
export function chartOf(best: BestSites): Chart | null {
  const known = best.curve.flatMap((step, place) => {
    const value = valueOf(best.goal, step);
    // The bound of a goal with weights counts weighted people, as the curve does.
    const bound = typeof step.bound === 'number' ? step.bound : value;
    return value === null || bound === null ? [] : [{ sites: place + 1, value, bound }];
  });
  const start = typeof best.before === 'number' ? [{ sites: 0, value: best.before, bound: best.before }] : [];
  const all = [...start, ...known];
  if (all.length < 2) return null;
  const values = all.flatMap(({ value, bound }) => [value, bound]);
  const marks = niceLevels(Math.min(...values), Math.max(...values));
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1];
  const last = Math.max(...all.map(({ sites }) => sites));
  const { width, height, left, right, top, bottom } = CHART;
  const x = (sites: number) => left + (sites / last) * (width - left - right);
  const y = (value: number) => top + (1 - (value - low) / (high - low)) * (height - top - bottom);
  const every = Math.ceil(last / 10);
  return {
    points: all.map(({ sites, value }) => ({ x: x(sites), y: y(value), sites, value })),
    bounds: all.map(({ sites, bound }) => ({ x: x(sites), y: y(bound) })),
    levels: marks.map((value) => ({ y: y(value), value })),
    steps: Array.from({ length: last + 1 }, (_, sites) => sites)
      .filter((sites) => sites % every === 0)
      .map((sites) => ({ x: x(sites), sites })),
  };
}

/** Return three to six round values around two others. */
export function niceLevels(low: number, high: number): number[] {
  const rough = Math.max((high - low) / 4, 1e-9);
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((one) => one >= rough) ?? rough;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, place) =>
    Number(((first + place) * step).toPrecision(12)),
  );
}

/** Return points as a path of a picture. */
export function pathOf(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }, place) => `${place ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ');
}
