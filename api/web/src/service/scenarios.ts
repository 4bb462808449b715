// Scenarios as the API has them: assumptions, changes in order, and the versions of both.
import type { Meal, SiteKind } from './types.ts';

export const CARE_LEVELS = ['independent', 'semi_disabled', 'disabled'] as const;
export type CareLevel = (typeof CARE_LEVELS)[number];

/** What is assumed instead of the settings; null leaves the setting. */
export interface Assumptions {
  meal: Meal;
  circle_seconds: number | null;
  pace_kmh: number | null;
  pace_by_care: Partial<Record<CareLevel, number>>;
}

/** A new site; hours as "10:30" or "10:30:00". */
export interface AddSite {
  do: 'add';
  site: string;
  kind: SiteKind;
  name: string;
  lon: number;
  lat: number;
  capacity: number | null;
  opens: string;
  closes: string;
  couriers?: number;
  boxes?: number;
}

export interface MoveSite {
  do: 'move';
  site: string;
  lon: number;
  lat: number;
}

export interface CloseSite {
  do: 'close';
  site: string;
}

export interface ResizeSite {
  do: 'resize';
  site: string;
  capacity: number;
}

export interface ChangeHours {
  do: 'hours';
  site: string;
  opens: string;
  closes: string;
}

export type Change = AddSite | MoveSite | CloseSite | ResizeSite | ChangeHours;

export interface Content {
  assumptions: Assumptions;
  changes: Change[];
}

export interface Scenario {
  id: number;
  name: string;
  note: string | null;
  version: number;
  content: Content;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
}
