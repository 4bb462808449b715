// Plans, proposals and locks, as the API tells them (docs of the API: /docs).
import type { Position, Routes } from '../../service/types.ts';

export interface Person {
  code: string;
  name: string;
  phone: string | null;
}

export type RevisionState = 'draft' | 'published' | 'superseded' | 'closed';

export interface Summary {
  number: number;
  state: RevisionState;
  created_at: string;
  created_by: string;
  published_at: string | null;
  published_by: string | null;
  orders: number;
  served_orders: number;
  unserved_orders: number;
  served_portions: number;
  circle_share: number;
  couriers: number;
  couriers_on_shift: number;
  trips: number;
  travel_seconds: number;
  cost: number;
  gap: number | null;
}

/** How a stop differs from the revision published before, and what it was there. */
export interface StopChange {
  kind: 'new' | 'courier' | 'trip' | 'order' | 'door' | 'portions' | 'window' | 'time';
  /** Who had it, where that is what changed; null where one may not know. */
  courier: string | null;
  trip: number | null;
  arrives_at: string | null;
  portions: number | null;
}

export interface Stop {
  number: number;
  order: number;
  portions: number;
  arrives_at: string;
  ride_seconds: number;
  inside_circle: boolean;
  elder: Person | null;
  meal_point: string | null;
  change: StopChange | null;
}

export interface Trip {
  number: number;
  loads_at: string;
  departs_at: string;
  returns_at: string;
  portions: number;
  stops: Stop[];
}

export interface Duty {
  courier: string;
  courier_name: string | null;
  canteen: string;
  mode: string;
  boxes: number;
  /** Whether the courier must act differently than published before. */
  changed: boolean;
  trips: Trip[];
}

export interface Unserved {
  order: number;
  portions: number;
  reason: string;
  reason_text: string;
  elder: Person | null;
  meal_point: string | null;
}

export interface Order {
  id: number;
  window_from: string | null;
  window_to: string | null;
}

export interface Lock {
  order: number | null;
  courier: string | null;
  made_by: string;
}

/** A courier's file, as far as the role shows it. */
export interface Courier {
  code: string;
  name: string | null;
  canteen: string;
  active: boolean;
}

/** What was reported of a stop. */
export interface StopDay {
  door: { order: number };
  status: string;
  outcome: string | null;
}

export type Places = {
  features: {
    geometry: { coordinates: Position };
    properties: { order: number; courier: string; trip: number; number: number };
  }[];
};

export interface CostPart {
  part: 'unserved' | 'outside' | 'couriers' | 'travel' | 'unfamiliar';
  amount: number;
  cost: number;
}

export interface RuleBroken {
  rule: string;
  text: string;
  by_hand: boolean;
  /** Those concerned may set it aside. */
  agreeable: boolean;
}

export type Asked = Record<string, unknown> & { kind: string };

export interface Proposal {
  /** 0 for a price that is not kept. */
  id: number;
  state: 'open' | 'outdated' | 'accepted' | 'rejected';
  based_on: number;
  revision: number | null;
  made_at: string;
  made_by: string;
  decided_at: string | null;
  decided_by: string | null;
  changes: Asked[];
  moves: Asked[];
  text: string[];
  cost_before: number;
  cost_unrepaired: number | null;
  cost: number;
  parts: CostPart[];
  couriers: string[];
  rules: RuleBroken[];
  others: { id: number; made_at: string; made_by: string }[];
}

/** Ways before and after, and stops that change (…/changes.geojson). */
export interface ChangesOnMap {
  features: {
    geometry: GeoJSON.LineString | GeoJSON.Point | null;
    properties: { proposed?: boolean; change?: string; courier: string | null; order?: number | null };
  }[];
}

/** Everything that the table shows of a revision. */
export interface Loaded {
  revisions: Summary[];
  summary: Summary;
  duties: Duty[];
  unserved: Unserved[];
  orders: Order[];
  locks: Lock[];
  couriers: Courier[];
}

/** What the map draws of a revision; ways on the streets take longer to work out than the table. */
export interface Ways {
  routes: Pick<Routes, 'features'>;
  places: Places;
}
