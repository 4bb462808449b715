// A meal point's file as a form holds it, and what of it was changed.
import { type Entry, hour } from './editing.ts';
import type { MealPoint } from './types.ts';

export interface PointForm {
  code: string;
  name: string;
  canteen: string;
  address: string;
  note: string;
  capacity: string;
  opens: string;
  closes: string;
  active: boolean;
}

const TEXTS = ['name', 'canteen', 'address', 'note', 'capacity', 'opens', 'closes'] as const;

export const NEW_POINT: PointForm = {
  code: '', name: '', canteen: '', address: '', note: '', capacity: '', opens: '', closes: '', active: true,
}; // prettier-ignore

export function pointForm(point: MealPoint): PointForm {
  return {
    code: point.code,
    name: point.name,
    canteen: point.canteen ?? '',
    address: point.address ?? '',
    note: point.note ?? '',
    capacity: String(point.capacity),
    opens: hour(point.opens),
    closes: hour(point.closes),
    active: point.active,
  };
}

/** Return what was changed, as the service takes it; empty if nothing was. */
export function pointEntry(form: PointForm, was: PointForm): Entry {
  const entry: Entry = {};
  for (const name of TEXTS) if (form[name] !== was[name]) entry[name] = form[name].trim() || null;
  if (form.active !== was.active) entry['active'] = form.active;
  return entry;
}

/** Return what opens a file: what every meal point has, and whatever else was filled in. */
export function newPointEntry(form: PointForm): Entry {
  const { code, name, canteen, capacity } = form;
  return { ...pointEntry(form, NEW_POINT), code, name, canteen, capacity };
}
