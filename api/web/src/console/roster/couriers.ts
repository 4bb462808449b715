// A courier's file as a form holds it, and what of it was changed.
import { hour } from './editing.ts';
import type { Courier } from './types.ts';

export interface ShiftForm {
  weekdays: readonly number[];
  starts: string;
  ends: string;
}

export interface CourierForm {
  code: string;
  name: string;
  phone: string;
  kind: string;
  canteen: string;
  mode: string;
  boxes: string;
  max_trips: string;
  note: string;
  care: boolean;
  active: boolean;
  shifts: readonly ShiftForm[];
}

const TEXTS = ['name', 'phone', 'kind', 'canteen', 'mode', 'boxes', 'max_trips', 'note'] as const;

export const NEW_COURIER: CourierForm = {
  code: '', name: '', phone: '', kind: 'volunteer', canteen: '', mode: 'ebike', boxes: '', max_trips: '',
  note: '', care: false, active: true, shifts: [],
}; // prettier-ignore

export function courierForm(courier: Courier): CourierForm {
  return {
    code: courier.code,
    name: courier.name ?? '',
    phone: courier.phone ?? '',
    kind: courier.kind,
    canteen: courier.canteen ?? '',
    mode: courier.mode,
    boxes: String(courier.boxes),
    max_trips: courier.max_trips === null ? '' : String(courier.max_trips),
    note: courier.note ?? '',
    care: courier.skills.includes('care'),
    active: courier.active,
    shifts: courier.shifts.map(({ weekdays, starts, ends }) => ({ weekdays, starts: hour(starts), ends: hour(ends) })),
  };
}

/** Return what was changed, as the service takes it; empty if nothing was. */
export function courierEntry(form: CourierForm, was: CourierForm): Record<string, unknown> {
  const entry: Record<string, unknown> = {};
  for (const name of TEXTS) if (form[name] !== was[name]) entry[name] = form[name].trim() || null;
  if (form.care !== was.care) entry['care'] = form.care;
  if (form.active !== was.active) entry['active'] = form.active;
  if (JSON.stringify(form.shifts) !== JSON.stringify(was.shifts)) {
    entry['shifts'] = form.shifts.map(({ weekdays, starts, ends }) => ({
      weekdays: weekdays.reduce((bits, day) => bits | (1 << day), 0),
      starts,
      ends,
    }));
  }
  return entry;
}

/** Return what opens a file: what every courier has, and whatever else was filled in. */
export function newCourierEntry(form: CourierForm): Record<string, unknown> {
  const { code, name, canteen, boxes, mode } = form;
  return { ...courierEntry(form, NEW_COURIER), code, name, canteen, boxes, mode };
}

/** Return the sentences of a refusal by field of the form: "phone", "shifts.0.starts". */
export function courierProblems(fields: readonly { field: string; message: string }[]): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ field, message }) => {
      const [, first = '', index, name] = field.split('.');
      return [first === 'shifts' ? `shifts.${index ?? 0}.${name ?? 'starts'}` : first, message];
    }),
  );
}
