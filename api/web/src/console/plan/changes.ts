// What changed on the day, as it is filled in, and as the service is asked.
import type { Position } from '../../service/types.ts';
import type { Asked } from './types.ts';

export const KINDS = [
  'order_cancelled',
  'order_urgent',
  'order_amended',
  'courier_away',
  'handed_back',
  'courier_comes',
  'canteen_late',
  'travel_slower',
  'street_closed',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds that are about an elder's order: roles that see nobody do not ask them. */
export const ABOUT_ELDERS: ReadonlySet<Kind> = new Set(['order_cancelled', 'order_urgent', 'order_amended']);

/** A change as it stands in the form: all fields as text, whatever its kind needs. */
export interface Draft {
  kind: Kind;
  elder: string;
  courier: string;
  canteen: string;
  mode: string;
  portions: string;
  from: string;
  to: string;
  note: string;
  since: string;
  minutes: string;
  percent: string;
  metres: string;
  places: readonly Position[];
}

export const EMPTY: Draft = {
  kind: 'order_cancelled', elder: '', courier: '', canteen: '', mode: '', portions: '', from: '', to: '',
  note: '', since: '', minutes: '15', percent: '30', metres: '30', places: [],
}; // prettier-ignore

export const MOST_PLACES = 5;

/** What is missing before the service can be asked. */
export type Missing =
  | 'who_elder'
  | 'who_courier'
  | 'which_canteen'
  | 'which_hours'
  | 'which_place'
  | 'in_order'
  | 'what_else'
  | 'whole_number';

/** Return the change as the service is asked, or what is missing. */
export function questionOf(draft: Draft): { asked: Asked } | { missing: Missing } {
  const window = windowOf(draft);
  if (window === 'in_order') return { missing: 'in_order' };
  const { kind, elder, courier, canteen } = draft;
  if (ABOUT_ELDERS.has(kind) && elder === '') return { missing: 'who_elder' };
  if ((kind === 'courier_away' || kind === 'courier_comes') && courier === '') return { missing: 'who_courier' };
  switch (kind) {
    case 'order_cancelled':
      return { asked: { kind, elder } };
    case 'order_urgent':
    case 'order_amended': {
      const portions = draft.portions === '' ? null : whole(draft.portions, 1, 200);
      if (draft.portions !== '' && portions === null) return { missing: 'whole_number' };
      if (kind === 'order_amended')
        return portions === null && window === null
          ? { missing: 'what_else' }
          : { asked: { kind, elder, ...(portions && { portions }), ...(window && { window }) } };
      const note = draft.note.trim();
      return { asked: { kind, elder, portions: portions ?? 1, ...(window && { window }), ...(note && { note }) } };
    }
    case 'courier_away':
      return { asked: { kind, courier, ...(draft.since && { since: draft.since }) } };
    case 'handed_back':
      return { asked: { kind } }; // couriers' reports tell who
    case 'courier_comes':
      return window === null ? { missing: 'which_hours' } : { asked: { kind, courier, hours: window } };
    case 'canteen_late': {
      if (canteen === '') return { missing: 'which_canteen' };
      const minutes = whole(draft.minutes, 1, 240);
      return minutes === null ? { missing: 'whole_number' } : { asked: { kind, canteen, minutes } };
    }
    case 'travel_slower': {
      const percent = whole(draft.percent, -60, 300);
      if (percent === null) return { missing: 'whole_number' };
      return { asked: { kind, percent, ...(draft.mode && { mode: draft.mode }) } };
    }
    case 'street_closed': {
      const metres = whole(draft.metres, 5, 500);
      if (draft.places.length === 0) return { missing: 'which_place' };
      return metres === null ? { missing: 'whole_number' } : { asked: { kind, places: draft.places, metres } };
    }
  }
}

function windowOf({ from, to }: Draft): { from: string; to: string } | null | 'in_order' {
  if (from === '' && to === '') return null;
  return from !== '' && to !== '' && from < to ? { from, to } : 'in_order';
}

function whole(text: string, least: number, most: number): number | null {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most ? number : null;
}

/**
 * Return a change or move as it may be asked again from what a proposal tells of it; null where the
 * role was not told enough.
 */
export function askedAgain(told: Asked): Asked | null {
  const { kind } = told;
  if (ABOUT_ELDERS.has(kind as Kind) && typeof told['elder'] !== 'string') return null;
  const again: Asked = { ...told };
  for (const name of ['window', 'hours']) {
    const pair = told[name];
    if (Array.isArray(pair)) again[name] = { from: pair[0] as string, to: pair[1] as string };
  }
  return again;
}

/** Return the kinds that a role may ask; never none. */
export function kindsFor(may: ReadonlySet<string>): readonly [Kind, ...Kind[]] {
  if (may.has('read_elders')) return KINDS;
  const [first, ...rest] = KINDS.filter((kind) => !ABOUT_ELDERS.has(kind));
  return [first ?? 'courier_away', ...rest];
}

/** Return the form as an address opens it: "change/courier_away/Z003" fills in kind and whom. */
export function draftsOf(rest: readonly string[], kinds: readonly [Kind, ...Kind[]]): Draft[] {
  const [, name, whom] = rest;
  const kind = kinds.find((one) => one === name);
  if (kind === undefined) return [{ ...EMPTY, kind: kinds[0] }];
  const about = ABOUT_ELDERS.has(kind) ? 'elder' : kind === 'canteen_late' ? 'canteen' : 'courier';
  return [{ ...EMPTY, kind, ...(whom === undefined ? {} : { [about]: whom }) }];
}
