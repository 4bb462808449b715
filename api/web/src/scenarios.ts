// The list of saved scenarios: what is known of each, and whether the one in hand has a newer version.
import type { Scenario } from './service/scenarios.ts';
import type { Comparison, Share } from './service/siting.ts';
import type { Event } from './state.ts';
import type { Working } from './working.ts';

export interface Listed {
  /** Last changed first; null until it is known. */
  list: Scenario[] | null;
  /** Share inside the circle, by number and version (`keyOfVersion`). */
  shares: Record<string, Share>;
  trouble: string | null;
}

export type ListedEvent =
  | { type: 'scenarios'; list: Scenario[] }
  | { type: 'share known'; key: string; share: Share }
  | { type: 'scenarios trouble'; reason: string };

export const UNLISTED: Listed = { list: null, shares: {}, trouble: null };

/** Return the list after an event. */
export function nextListed(listed: Listed, event: Event): Listed {
  switch (event.type) {
    case 'scenarios':
      return { ...listed, list: event.list, trouble: null };
    case 'scenarios trouble':
      return { ...listed, trouble: event.reason };
    case 'share known':
      return { ...listed, shares: { ...listed.shares, [event.key]: event.share } };
    case 'saved':
      return { ...listed, list: withNewest(listed.list ?? [], event.scenario) };
    case 'compared':
      return { ...listed, shares: { ...listed.shares, ...sharesOf(listed.list ?? [], event) } };
    case 'whom':
      return { ...listed, shares: {} }; // of other people
    default:
      return listed;
  }
}

/** Return the name under which something is known of one version. */
export function keyOfVersion({ id, version }: Pick<Scenario, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** Return a list with one scenario as it is now, in front. */
export function withNewest(list: readonly Scenario[], scenario: Scenario): Scenario[] {
  return [scenario, ...list.filter((one) => one.id !== scenario.id)];
}

/** Return the version that somebody saved after the one in hand was opened; null where none is. */
export function newerThan(working: Working, list: readonly Scenario[] | null): Scenario | null {
  const { number, version } = working;
  if (number === null || version === null) return null;
  const now = list?.find((one) => one.id === number);
  return now !== undefined && now.version > version ? now : null;
}

/** Return whether the scenario in hand was deleted by somebody. */
export function gone(working: Working, list: readonly Scenario[] | null): boolean {
  const { number } = working;
  return number !== null && list !== null && !list.some((one) => one.id === number);
}

function sharesOf(
  list: readonly Scenario[],
  compared: { before: number | null; after: number | null; comparison: Comparison },
): Record<string, Share> {
  const { share_before, share_after } = compared.comparison.total;
  const sides: [number | null, Share][] = [
    [compared.before, share_before],
    [compared.after, share_after],
  ];
  return Object.fromEntries(
    sides.flatMap(([number, share]) => {
      const scenario = list.find((one) => one.id === number);
      return scenario === undefined ? [] : [[keyOfVersion(scenario), share]];
    }),
  );
}
