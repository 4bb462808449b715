// An elder's file as a form holds it, what of it was changed, and which field a refusal means.
import type { FieldProblem, Meal } from '../../service/types.ts';
import type { Contact, Elder, Standing, Way } from './types.ts';

export const MEALS: readonly Meal[] = ['lunch', 'dinner'];

/** What is eaten for a meal; no portions: nothing. */
export interface StandingForm {
  portions: string;
  way: Way;
  weekdays: readonly number[];
  first: string;
  last: string;
}

export interface ContactForm {
  name: string;
  phone: string;
  relation: string;
}

export interface Texts {
  code: string;
  name: string;
  sex: string;
  birth_date: string;
  phone: string;
  care_level: string;
  hardship: string;
  door_note: string;
  canteen: string;
  meal_point: string;
  courier: string;
  handover_seconds: string;
  priority: string;
  compound: string;
  building: string;
  unit: string;
  floor: string;
  lift: string;
  room: string;
}

export interface ElderForm extends Texts, Record<Meal, StandingForm> {
  lives_alone: boolean;
  diets: readonly string[];
  contacts: readonly ContactForm[];
}

const PLAIN = [
  'name', 'sex', 'birth_date', 'phone', 'care_level', 'hardship', 'door_note', 'canteen',
  'meal_point', 'courier', 'handover_seconds', 'priority',
] as const satisfies readonly (keyof Texts)[]; // prettier-ignore
const HOME = ['compound', 'building', 'unit', 'floor', 'lift', 'room'] as const satisfies readonly (keyof Texts)[];
const NOTHING: StandingForm = { portions: '', way: 'delivery', weekdays: [0, 1, 2, 3, 4, 5, 6], first: '', last: '' };

/** The form of a file that is to be opened. */
export const EMPTY: ElderForm = {
  code: '', name: '', sex: '', birth_date: '', phone: '', care_level: 'independent', hardship: '',
  door_note: '', canteen: '', meal_point: '', courier: '', handover_seconds: '', priority: '',
  compound: '', building: '', unit: '', floor: '', lift: '', room: '',
  lives_alone: false, diets: [], contacts: [], lunch: NOTHING, dinner: NOTHING,
}; // prettier-ignore

/** Return the standing order of a meal that holds on a day or later, the latest. */
export function standingOf(elder: Elder, meal: Meal, today: string): Standing | null {
  const holding = elder.standing_orders.filter(
    (one) => one.meal === meal && (one.valid_to === null || one.valid_to >= today),
  );
  return holding.sort((a, b) => a.valid_from.localeCompare(b.valid_from)).at(-1) ?? null;
}

/** Return a file as the form shows it. */
export function formOf(elder: Elder, today: string): ElderForm {
  const { home } = elder;
  const standing = (meal: Meal): StandingForm => {
    const order = standingOf(elder, meal, today);
    if (order === null) return NOTHING;
    return {
      portions: String(order.portions),
      way: order.way,
      weekdays: order.weekdays,
      first: hour(order.window_from),
      last: hour(order.window_to),
    };
  };
  return {
    code: elder.code,
    name: elder.name,
    sex: elder.sex ?? '',
    birth_date: elder.birth_date ?? '',
    phone: elder.phone ?? '',
    care_level: elder.care_level,
    hardship: elder.hardship ?? '',
    door_note: elder.door_note ?? '',
    canteen: elder.canteen_given ? (elder.canteen ?? '') : '',
    meal_point: elder.meal_point ?? '',
    courier: elder.courier ?? '',
    handover_seconds: text(elder.handover_seconds),
    priority: text(elder.priority),
    compound: home.compound ?? '',
    building: home.building ?? '',
    unit: home.unit ?? '',
    floor: text(home.floor),
    lift: home.lift === null ? '' : home.lift ? 'yes' : 'no',
    room: home.room ?? '',
    lives_alone: elder.lives_alone,
    diets: elder.diets ?? [],
    contacts: elder.contacts.map(contactForm),
    lunch: standing('lunch'),
    dinner: standing('dinner'),
  };
}

export type Entry = Record<string, unknown>;

/** Return what was changed, as the service takes it; empty if nothing was. */
export function entryOf(form: ElderForm, was: ElderForm): Entry {
  const entry: Entry = {};
  for (const name of PLAIN) if (form[name] !== was[name]) entry[name] = form[name].trim() || null;
  const address: Entry = {};
  for (const name of HOME) {
    if (form[name] !== was[name]) address[name] = form[name].trim() || null;
  }
  if (Object.keys(address).length > 0) entry['address'] = address;
  if (form.lives_alone !== was.lives_alone) entry['lives_alone'] = form.lives_alone;
  if (!same([...form.diets].sort(), [...was.diets].sort())) entry['diets'] = form.diets;
  if (!same(form.contacts, was.contacts)) entry['contacts'] = form.contacts.filter(filled).map(contactEntry);
  const standing = MEALS.filter((meal) => !same(form[meal], was[meal])).map((meal) => standingEntry(meal, form[meal]));
  if (standing.length > 0) entry['standing'] = standing;
  return entry;
}

/** Return what was typed put upon a newer state of the file; what was not typed is the newer one's. */
export function rebased<Form extends object>(form: Form, was: Form, now: Form): Form {
  const typed = Object.entries(form).filter(([name, value]) => !same(value, (was as Record<string, unknown>)[name]));
  return { ...now, ...Object.fromEntries(typed) };
}

/** Return what opens a file: the code, and whatever was filled in. */
export function newEntryOf(form: ElderForm): Entry {
  return { code: form.code, ...entryOf(form, EMPTY), name: form.name };
}

/** Return the sentences of a refusal by field of the form ("floor", "lunch.portions", "contacts.0.phone"). */
export function problemsOf(fields: readonly FieldProblem[], entry: Entry): Record<string, string> {
  const standing = (entry['standing'] ?? []) as { meal: Meal }[];
  const problems: Record<string, string> = {};
  for (const { field, message } of fields) {
    const [, first = '', ...rest] = field.split('.');
    const meal = first === 'standing' ? standing[Number(rest[0])]?.meal : undefined;
    if (meal !== undefined) problems[`${meal}.${rest[1] ?? 'portions'}`] = message;
    else if (first === 'contacts') problems[`contacts.${rest[0] ?? 0}.${rest[1] ?? 'name'}`] = message;
    else problems[first === 'address' ? (rest[0] ?? first) : first] = message;
  }
  return problems;
}

function standingEntry(meal: Meal, form: StandingForm): Entry {
  const { way, weekdays, first, last } = form;
  const mask = weekdays.reduce((bits, day) => bits | (1 << day), 0);
  const portions = form.portions.trim() || '0';
  // What ends a standing order needs no weekdays; one for no day is refused by the service's own rule.
  const days = portions === '0' ? {} : { weekdays: mask };
  return { meal, portions, way, ...days, window: first || last ? { first, last } : null };
}

function contactForm({ name, phone, relation }: Contact): ContactForm {
  return { name, phone: phone ?? '', relation: relation ?? '' };
}

function contactEntry({ name, phone, relation }: ContactForm): Entry {
  return { name: name.trim(), phone: phone.trim() || null, relation: relation.trim() || null };
}

function filled({ name, phone, relation }: ContactForm): boolean {
  return (name + phone + relation).trim() !== '';
}

function text(value: number | null): string {
  return value === null ? '' : String(value);
}

/** Return "11:30" of "11:30:00". */
export function hour(time: string | null): string {
  return time?.slice(0, 5) ?? '';
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
