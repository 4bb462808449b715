// What the API tells of a service before and while it is brought out.
import type { Person } from '../../service/delivery.ts';
import type { Meal } from '../../service/types.ts';
import type { OrderKind } from '../services.ts';

export interface PlanSummary {
  number: number;
  state: 'draft' | 'published' | 'superseded' | 'closed';
  created_at: string;
  created_by: string;
  published_at: string | null;
  published_by: string | null;
  orders: number;
  portions: number;
  served_orders: number;
  served_portions: number;
  unserved_orders: number;
  circle_share: number;
  couriers: number;
  couriers_on_shift: number;
  trips: number;
}

export interface OnShift {
  courier: string;
  courier_name: string | null;
  canteen: string;
  hours: [string, string][];
  has_phone: boolean;
  trips: number;
  portions: number;
}

export type ConcernKind =
  | 'night'
  | 'unserved'
  | 'stopped'
  | 'proposals'
  | 'unlocated'
  | 'unkept'
  | 'no_phone'
  | 'no_point'
  | 'no_canteen'
  | 'point_full'
  | 'point_closed'
  | 'canteen_full';

export interface Concern {
  kind: ConcernKind;
  count: number;
  text: string;
  people: Person[];
}

export interface Outlook {
  opens: string;
  closes: string;
  plan: PlanSummary | null;
  proof: string | null;
  newer_draft: number | null;
  may_plan: boolean;
  publish: number | null;
  job: number | null;
  kitchens: { code: string; name: string }[];
  /** When the night collects the orders; null once they are, or where no night will. */
  collects_at: string | null;
  couriers: OnShift[];
  concerns: Concern[];
}

export interface Explanation {
  revision: number;
  orders: {
    order: number;
    portions: number;
    wish: 'served' | 'inside';
    cause: string;
    cause_text: string;
    remedies: { text: string }[];
    elder: Person | null;
    meal_point: string | null;
  }[];
}

/** A stop of the plan: whose door, and when. */
export interface PlannedDoor {
  order: number;
  arrives_at: string;
  elder: Person | null;
  meal_point: string | null;
}

export interface Duties {
  revision: number;
  duties: { courier: string; trips: { stops: PlannedDoor[] }[] }[];
}

export interface Special {
  name: string;
  code: string;
  portions: number;
  diets: string[];
  kind: OrderKind;
  courier: string;
  trip: number | null;
}

export interface KitchenCount {
  day: string;
  meal: Meal;
  revision: number;
  total: number;
  portions: Record<OrderKind, number>;
  diets: { diets: string[]; portions: Record<OrderKind, number>; total: number }[];
  specials: Special[];
  left_out: { order_id: number; name: string; code: string; portions: number; phone: string }[];
}
