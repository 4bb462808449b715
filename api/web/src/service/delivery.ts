// What the service sends about a day: progress, stops, cases, notes, meals eaten elsewhere.

export const OUTCOMES = [
  'handed_over', 'left_as_agreed', 'collected', 'nobody_home', 'refused', 'wrong_address', 'unsafe',
  'other',
] as const; // prettier-ignore
export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes that are evidence of a meal received. */
export const SERVED: ReadonlySet<Outcome> = new Set(['handed_over', 'left_as_agreed', 'collected']);

export const FATES = ['returned', 'given', 'discarded'] as const;
export type Fate = (typeof FATES)[number];
export type Fates = Partial<Record<Fate, number>>;

export const STEPS = ['call_elder', 'call_contact', 'tell_office'] as const;
export type Step = (typeof STEPS)[number];

export const RESULTS = ['reached', 'not_reached', 'impossible'] as const;
export type Result = (typeof RESULTS)[number];

export const FINDINGS = ['well', 'was_out', 'in_hospital', 'needed_help', 'died', 'other'] as const;
export type Finding = (typeof FINDINGS)[number];

export type Condition = 'seems_unwell' | 'door_changed' | 'phone_changed' | 'other';
export type Source = 'phone' | 'paper' | 'office';
export type StopStatus = 'waiting' | 'under_way' | 'handed_back' | 'settled';

export interface Person {
  code: string;
  name: string;
  phone: string | null;
}

/** Whose door it is, as far as the role may know. */
export interface Door {
  order: number;
  elder: Person | null;
  meal_point: string | null;
  portions: number;
  address: string | null;
}

export interface StopDay {
  door: Door;
  courier: string | null;
  trip: number | null;
  number: number | null;
  planned_at: string | null;
  planned_ride_seconds: number | null;
  status: StopStatus;
  outcome: Outcome | null;
  outcome_uid: string | null;
  at: string | null;
  time_known: boolean;
  late_seconds: number | null;
  source: Source | null;
  by_courier: string | null;
  departed_at: string | null;
  note: string | null;
  fates: Fates;
  /** To whom a meal was given, or what else was said of where it went. */
  given_to: string | null;
  unaccounted: number;
  photos: string[];
  doubled: boolean;
  beside_plan: boolean;
}

export interface StepTaken {
  uid: string;
  step: Step;
  result: Result;
  at: string;
  by: string;
  note: string | null;
}

export interface Closing {
  uid: string;
  finding: Finding;
  at: string;
  by: string;
  note: string | null;
}

/** A door that stayed shut, with the clock. */
export interface Case {
  door: Door;
  courier: string | null;
  opened_at: string;
  tries: number;
  open: boolean;
  withdrawn: boolean;
  met_at: string | null;
  /** Null: nothing but closing is left. */
  next_step: Step | null;
  due_at: string | null;
  overdue_seconds: number;
  steps: StepTaken[];
  closing: Closing | null;
}

export interface ConditionNote {
  uid: string;
  door: Door;
  courier: string | null;
  condition: Condition | null;
  note: string | null;
  at: string;
  by: string;
  handled_at: string | null;
  handled_by: string | null;
  answer: string | null;
}

export type NotCounted =
  | 'link_withdrawn' | 'duty_over' | 'not_your_stop' | 'not_your_report' | 'too_early'
  | 'in_the_future' | 'not_for_couriers' | 'unreadable'; // prettier-ignore

export type ReportKind =
  | 'departed' | 'returned' | 'outcome' | 'retracted' | 'accounted' | 'condition' | 'handled'
  | 'handed_back' | 'seen' | 'step' | 'closed' | 'photo' | 'dined_in' | 'picked_up' | 'unreadable'; // prettier-ignore

/** A report that is not counted, and why. */
export interface KeptApart {
  uid: string;
  kind: ReportKind;
  reason: NotCounted;
  courier: string | null;
  door: Door | null;
  trip: number | null;
  outcome: Outcome | null;
  note: string | null;
  happened_at: string;
  received_at: string;
  by: string;
  counted: boolean;
}

export type MealWay = 'delivery' | 'pick_up' | 'dine_in';

export interface Eaten {
  uid: string;
  elder: Person | null;
  way: MealWay;
  canteen: string;
  portions: number;
  at: string;
  by: string;
}

export interface DayMeals {
  ways: Partial<Record<MealWay, { persons: number; portions: number }>>;
  persons: number;
  twice: number;
}

/** The duties of a revision, as far as a sheet needs them. */
export interface Duties {
  revision: number;
  duties: Duty[];
}

export interface Duty {
  courier: string;
  courier_name: string | null;
  trips: DutyTrip[];
}

export interface DutyTrip {
  number: number;
  departs_at: string;
  returns_at: string;
  stops: DutyStop[];
}

export interface DutyStop {
  number: number;
  order: number;
  portions: number;
  arrives_at: string;
  elder: Person | null;
  meal_point: string | null;
}
