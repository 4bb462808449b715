// The working scenario: what a planner has open and changes, until it is saved.
import type { Assumptions, Change, Content, Scenario } from './service/scenarios.ts';
import type { Event } from './state.ts';

export interface Working {
  /** Number of the scenario in the service; null while it was never saved. */
  number: number | null;
  name: string;
  /** The version that the changes are made from; null while it was never saved. */
  version: number | null;
  assumptions: Assumptions;
  changes: Change[];
  /** Whether the service has exactly this. */
  saved: boolean;
  /** What an edit was before, the last one last. */
  past: Content[];
  /** Who else changed it meanwhile, in the service's words; null while nobody did. */
  conflict: string | null;
}

export type WorkingEvent =
  /** A scenario is opened in place of what was worked on; null: the present, unchanged. */
  | { type: 'open'; scenario: Scenario | null }
  /** `continues`: part of one drag, which is undone as a whole. */
  | { type: 'change'; change: Change; continues?: boolean }
  /** All changes of a site are taken back. */
  | { type: 'restore'; site: string }
  | { type: 'assume'; assumptions: Partial<Assumptions> }
  | { type: 'undo' }
  | { type: 'saved'; scenario: Scenario }
  | { type: 'conflict'; reason: string };

export const AS_SET: Assumptions = {
  meal: 'lunch',
  circle_seconds: null,
  pace_kmh: null,
  pace_by_care: {},
};

export const PRESENT: Working = {
  number: null,
  name: '',
  version: null,
  assumptions: AS_SET,
  changes: [],
  saved: true,
  past: [],
  conflict: null,
};

/** Return the working scenario after an event; what does not concern it leaves it as it is. */
export function nextWorking(working: Working, event: Event): Working {
  switch (event.type) {
    case 'open':
      return event.scenario === null ? PRESENT : kept(event.scenario);
    case 'change':
      return edited(
        working,
        { changes: withChange(working.changes, event.change) },
        event.continues ?? false,
      );
    case 'restore':
      return edited(working, {
        changes: working.changes.filter((change) => change.site !== event.site),
      });
    case 'assume':
      return edited(working, { assumptions: { ...working.assumptions, ...event.assumptions } });
    case 'undo': {
      const before = working.past.at(-1);
      if (before === undefined) return working;
      return { ...working, ...before, past: working.past.slice(0, -1), saved: false };
    }
    case 'saved':
      // What was changed while it was being saved stays, and is not saved yet.
      return {
        ...working,
        number: event.scenario.id,
        name: event.scenario.name,
        version: event.scenario.version,
        saved: says(contentOf(working), event.scenario.content),
        conflict: null,
      };
    case 'conflict':
      return { ...working, conflict: event.reason };
    default:
      return working;
  }
}

/** Return whether nothing is changed or assumed: the present as the records have it. */
export function isPresent(working: Working): boolean {
  return working.number === null && saysPresent(working);
}

/** Return whether nothing is changed, and nothing else assumed than now. */
export function saysPresent(content: Content): boolean {
  return says(contentOf(content), contentOf(PRESENT));
}

/** Return what a working scenario says, as the service takes it. */
export function contentOf({ assumptions, changes }: Content): Content {
  return { assumptions, changes };
}

/** Return a key for a new site that neither a present site nor a change has. */
export function freeKey(taken: Iterable<string>): string {
  const used = new Set(taken);
  for (let number = 1; ; number += 1) {
    if (!used.has(`N${number}`)) return `N${number}`;
  }
}

/**
 * Return changes with one more, as short as they can be said.
 *
 * What happens to a site that the scenario itself adds is written into its addition; a later
 * change of the same sort takes the place of an earlier one; closing a site makes its other
 * changes idle. So a hundred steps of a drag are one change.
 */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  const added = changes.findIndex((one) => one.do === 'add' && one.site === change.site);
  if (change.do === 'close') {
    const others = changes.filter((one) => one.site !== change.site);
    return added >= 0 ? others : [...others, change];
  }
  const before = changes[added];
  if (before?.do === 'add') {
    const { do: _, ...said } = change;
    return changes.with(added, { ...before, ...said, do: 'add' });
  }
  const same = changes.findIndex((one) => one.site === change.site && one.do === change.do);
  return same >= 0 ? changes.with(same, change) : [...changes, change];
}

function edited(working: Working, to: Partial<Content>, continues = false): Working {
  const past = continues ? working.past : [...working.past, contentOf(working)];
  return { ...working, ...to, past, saved: false };
}

function kept(scenario: Scenario): Working {
  const { id: number, name, version, content } = scenario;
  return { ...PRESENT, ...contentOf(content), number, name, version };
}

function says(here: Content, there: Content): boolean {
  return JSON.stringify(plain(here)) === JSON.stringify(plain(there));
}

/** Return a content in one order of fields, hours as the service writes them. */
function plain({ assumptions, changes }: Content): unknown {
  const { meal, circle_seconds, pace_kmh, pace_by_care } = assumptions;
  const paces = Object.entries(pace_by_care).sort();
  return [meal, circle_seconds, pace_kmh, paces, changes.map(plainChange)];
}

const LEFT_OUT: Record<string, number> = { couriers: 0, boxes: 12 }; // the service's own defaults

function plainChange(change: Change): unknown {
  const said = { ...LEFT_OUT, ...change };
  return Object.entries(change.do === 'add' ? said : change)
    .map(([key, value]) => [key, typeof value === 'string' && /^\d\d:\d\d$/.test(value) ? `${value}:00` : value])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
