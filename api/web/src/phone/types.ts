// What the service tells a courier's phone, and what the phone reports: the shapes on the wire.

import type { Language } from '../speaking.ts';

/** Longitude and latitude. */
export type Pair = [number, number];

export interface Place {
  wgs84: Pair;
  gcj02: Pair;
  bd09: Pair;
}

export interface Contact {
  name: string;
  phone: string | null;
  relation: string | null;
}

export type Outcome =
  | 'handed_over' | 'left_as_agreed' | 'collected' | 'nobody_home' | 'refused' | 'wrong_address'
  | 'unsafe' | 'other'; // prettier-ignore
export type Condition = 'seems_unwell' | 'door_changed' | 'phone_changed' | 'other';
export type Fate = 'returned' | 'given' | 'discarded';
export type Step = 'call_elder' | 'call_contact' | 'tell_office';
export type StepResult = 'reached' | 'not_reached' | 'impossible';
export type StopStatus = 'waiting' | 'under_way' | 'handed_back' | 'settled';
export type TripStatus = 'waiting' | 'under_way' | 'done' | 'handed_back';
export type Mode = 'foot' | 'bicycle' | 'ebike' | 'car';

/** Moments are ISO texts with an offset. */
export interface Stop {
  order: number;
  kind: string;
  number: number;
  arrives_at: string;
  ride_seconds: number;
  inside_circle: boolean;
  name: string;
  short_name: string;
  address: string;
  floor: number | null;
  lift: boolean | null;
  phone: string | null;
  door_note: string | null;
  portions: number;
  diets: string[];
  needs: string[];
  window_from: string | null;
  window_to: string | null;
  contacts: Contact[];
  place: Place | null;
  status: StopStatus;
  outcome: Outcome | null;
  outcome_uid: string | null;
  outcome_at: string | null;
  /** Portions not handed over, by where they went. */
  fates: Partial<Record<Fate, number>>;
  given_to: string | null;
  case: KnownCase | null;
}

/** A door that stayed shut, as the service knows it. */
export interface KnownCase {
  opened_at: string;
  steps: { uid: string; step: Step; result: StepResult; at: string; by_office: boolean }[];
  met_at: string | null;
  closed_at: string | null;
}

export interface Special {
  name: string;
  portions: number;
  diets: string[];
}

export interface Trip {
  number: number;
  loads_at: string;
  departs_at: string;
  returns_at: string;
  portions: number;
  specials: Special[];
  status: TripStatus;
  departed_at: string | null;
  returned_at: string | null;
  stops: Stop[];
}

export interface Duty {
  day: string;
  meal: 'lunch' | 'dinner';
  revision: number;
  courier: string;
  courier_name: string;
  canteen: string;
  mode: Mode;
  loading: { name: string; phone: string | null; address: string | null; place: Place | null };
  readable_until: string;
  status: TripStatus;
  seen_revision: number | null;
  /** Newest revision that changed the duty, to be confirmed; null: none did. */
  changed_in: number | null;
  handed_back_at: string | null;
  /** When nobody opens: minutes until each of the three steps and the closing. */
  no_answer_minutes: number[];
  trips: Trip[];
}

/** What is asked again and again. */
export interface DutyNow {
  revision: number;
  readable_until: string;
  now: string;
}

export type ReportKind =
  | 'departed' | 'returned' | 'outcome' | 'retracted' | 'accounted' | 'condition' | 'handed_back'
  | 'seen' | 'step' | 'photo'; // prettier-ignore

/** One report; `id` is made here, so that the same report may be sent any number of times. */
export interface Report {
  id: string;
  kind: ReportKind;
  at: string;
  order?: number;
  trip?: number;
  revision?: number;
  outcome?: Outcome;
  about?: string;
  note?: string;
  fates?: Partial<Record<Fate, number>>;
  condition?: Condition;
  step?: Step;
  result?: StepResult;
}

export interface Answer {
  id: string;
  result: 'accepted' | 'known' | 'not_counted' | 'refused';
  reason: string | null;
  message: string | null;
  /** The message in both languages. */
  said: Said | null;
  /** What the message of a counted report is about. */
  advice: 'clock_corrected' | 'stop_moved' | null;
}

/** A sentence of the service in both languages. */
export type Said = Record<Language, string>;

/** The way of one trip, leg by leg; `order` is the stop that a leg ends at, null at the canteen. */
export interface Leg {
  order: number | null;
  metres: number;
  seconds: number;
  line: Pair[];
  directions: string[];
}
