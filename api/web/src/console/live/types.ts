// How a service goes, as the API tells it (…/delivery).
export type DutyStatus = 'waiting' | 'under_way' | 'handed_back' | 'done';

export interface Counts {
  stops: number;
  portions: number;
  waiting: number;
  under_way: number;
  handed_back: number;
  settled: number;
  served: number;
  served_portions: number;
  outcomes: Record<string, number>;
  late: number;
  overdue: number;
  unaccounted_portions: number;
}

export interface CourierDay {
  courier: string;
  courier_name: string | null;
  canteen: string;
  /** What the courier said when handing the rest back; null where nothing, or not for this role. */
  handed_back_why: string | null;
  /** Newest revision that changed the duty, to be confirmed; null: none did. */
  changed_in: number | null;
  progress: {
    status: string;
    counts: Counts;
    behind_seconds: number | null;
    next_order: number | null;
    handed_back_at: string | null;
    seen: number | null;
    last_at: string | null;
  };
}

export interface Progress {
  /** The plan in force; null while nothing is published. */
  revision: number | null;
  now: string;
  newest_event: number;
  counts: Counts;
  couriers: CourierDay[];
  open_cases: number;
  overdue_cases: number;
  open_notes: number;
  not_counted: number;
}
