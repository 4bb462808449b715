// What the service sends about elders, couriers, canteens and imports, as docs of the API (/docs) describe it.
import type { Meal, Page, Position } from '../../service/types.ts';
import type { Guess } from './guessing.ts';

export type Way = 'delivery' | 'pick_up' | 'dine_in';
export type Care = 'independent' | 'semi_disabled' | 'disabled';

export interface ElderRow {
  code: string;
  name: string;
  phone: string | null;
  compound: string | null;
  care_level: Care;
  lives_alone: boolean;
  canteen: string | null;
  unlocated_reason: string | null;
  ended_on: string | null;
}

export interface Home {
  compound: string | null;
  building: string | null;
  unit: string | null;
  floor: number | null;
  lift: boolean | null;
  room: string | null;
  lon: number | null;
  lat: number | null;
  unlocated_reason: string | null;
  unlocated_detail: string | null;
}

export interface Contact {
  name: string;
  phone: string | null;
  relation: string | null;
}

export interface Standing {
  meal: Meal;
  way: Way;
  portions: number;
  /** Monday is 0. */
  weekdays: number[];
  valid_from: string;
  valid_to: string | null;
  window_from: string | null;
  window_to: string | null;
}

/** Days without meals, or without a courier; no last day: until further notice. */
export interface Pause {
  first_day: string;
  last_day: string | null;
  reason: string | null;
}

export interface OrderChange {
  day: string;
  meal: Meal;
  portions: number;
  way: Way | null;
  note: string | null;
  made_by: string | null;
}

export interface Elder {
  code: string;
  name: string;
  sex: 'female' | 'male' | null;
  birth_date: string | null;
  phone: string | null;
  care_level: Care;
  lives_alone: boolean;
  hardship: string | null;
  /** null where people are masked. */
  diets: string[] | null;
  door_note: string | null;
  canteen: string | null;
  canteen_given: boolean;
  meal_point: string | null;
  courier: string | null;
  handover_seconds: number | null;
  priority: number | null;
  ended_on: string | null;
  end_reason: string | null;
  home: Home;
  contacts: Contact[];
  standing_orders: Standing[];
  pauses: Pause[];
  order_changes: OrderChange[];
}

export interface Shift {
  weekdays: number[];
  starts: string;
  ends: string;
}

export interface Courier {
  code: string;
  /** null where a role sees nobody. */
  name: string | null;
  phone: string | null;
  kind: string;
  canteen: string | null;
  mode: string;
  boxes: number;
  skills: string[];
  max_trips: number | null;
  note: string | null;
  active: boolean;
  shifts: Shift[];
  absences: Pause[];
}

export interface CanteenMeal {
  meal: Meal;
  capacity: number;
  opens: string;
  closes: string;
}

export interface Canteen {
  code: string;
  name: string;
  address: string | null;
  phone: string | null;
  note: string | null;
  active: boolean;
  lon: number | null;
  lat: number | null;
  unlocated_reason: string | null;
  meals: CanteenMeal[];
}

/** A meal point, and the canteen that supplies it. */
export interface MealPoint {
  code: string;
  name: string;
  canteen: string | null;
  address: string | null;
  note: string | null;
  capacity: number;
  opens: string;
  closes: string;
  active: boolean;
  lon: number | null;
  lat: number | null;
  unlocated_reason: string | null;
}

export interface Unlocated {
  code: string;
  name: string;
  phone: string | null;
  compound: string | null;
  canteen: string | null;
  reason: string;
  detail: string | null;
  neighbours: number;
  suggestion: Position | null;
  guess: Guess | null;
}

/** A page of the queue, and how many elders no canteen keeps, whoever asks. */
export interface UnlocatedPage extends Page<Unlocated> {
  unkept: number;
}

export interface FileChange {
  at: string;
  actor: string;
  action: string;
  detail: { fields?: string[]; [fact: string]: unknown };
}

export type Kind = 'canteens' | 'meal_points' | 'couriers' | 'elders';

export interface Counts {
  read: number;
  imported: number;
  updated: number;
  rejected: number;
  duplicates: number;
  empty: number;
  unlocated: number;
}

export type Severity = 'error' | 'warning' | 'place' | 'note';

export interface Finding {
  kind: Kind;
  severity: Severity;
  code: string;
  file: string;
  sheet: string;
  row: number | null;
  column: string | null;
  value: string | null;
  message: string;
  advice: string;
  message_zh: string;
  advice_zh: string;
}

export interface RecordChange {
  kind: Kind;
  code: string;
  name: string;
  file: string;
  sheet: string;
  row: number;
  new: boolean;
  fields: { field: string; before: unknown; after: unknown }[];
}

export interface ImportReport {
  run_id: number | null;
  dry_run: boolean;
  counts: Partial<Record<Kind, Counts>>;
  severities: Record<Severity, number>;
  findings: Finding[];
  changes: RecordChange[];
  missing: Partial<Record<Kind, { code: string; name: string }[]>>;
}
