// A canteen's file as a form holds it, and what of it was changed.
import type { FieldProblem } from '../../service/types.ts';
import { type Entry, hour, problemsOf } from './editing.ts';
import type { Canteen } from './types.ts';

export interface MealForm {
  capacity: string;
  opens: string;
  closes: string;
}

export interface CanteenForm {
  code: string;
  name: string;
  address: string;
  phone: string;
  note: string;
  active: boolean;
  lunch: MealForm;
  dinner: MealForm;
}

const NOTHING: MealForm = { capacity: '', opens: '', closes: '' };

export const NEW_CANTEEN: CanteenForm = {
  code: '', name: '', address: '', phone: '', note: '', active: true, lunch: NOTHING, dinner: NOTHING,
}; // prettier-ignore

export function canteenForm(canteen: Canteen): CanteenForm {
  const meal = (which: 'lunch' | 'dinner'): MealForm => {
    const one = canteen.meals.find(({ meal: name }) => name === which);
    return one
      ? { capacity: String(one.capacity), opens: hour(one.opens), closes: hour(one.closes) }
      : NOTHING;
  };
  return {
    code: canteen.code,
    name: canteen.name,
    address: canteen.address ?? '',
    phone: canteen.phone ?? '',
    note: canteen.note ?? '',
    active: canteen.active,
    lunch: meal('lunch'),
    dinner: meal('dinner'),
  };
}

/** Return what was changed of a canteen; a meal without capacity is no longer cooked. */
export function canteenEntry(form: CanteenForm, was: CanteenForm): Entry {
  const entry: Entry = {};
  for (const name of ['name', 'address', 'phone', 'note'] as const) {
    if (form[name] !== was[name]) entry[name] = form[name].trim() || null;
  }
  if (form.active !== was.active) entry['active'] = form.active;
  const meals = (['lunch', 'dinner'] as const)
    .filter((meal) => JSON.stringify(form[meal]) !== JSON.stringify(was[meal]))
    .map((meal) => {
      const { capacity, opens, closes } = form[meal];
      return { meal, capacity: capacity.trim() || null, opens: opens || null, closes: closes || null };
    });
  if (meals.length > 0) entry['meals'] = meals;
  return entry;
}

/** Return what opens a file: what every canteen has, and whatever else was filled in. */
export function newCanteenEntry(form: CanteenForm): Entry {
  return { ...canteenEntry(form, NEW_CANTEEN), code: form.code, name: form.name };
}

/** Return the sentences of a refusal by field of the form: "phone", "lunch.capacity". */
export function canteenProblems(fields: readonly FieldProblem[], sent: Entry): Record<string, string> {
  const meals = fields.map(({ field, message }) => ({ field: field.replace('.meals.', '.standing.'), message }));
  return problemsOf(meals, { standing: sent['meals'] ?? [] });
}
