// What the service says of coverage: people by walking time, by group, by site; before and after.
import type { SiteKind } from './types.ts';

/** A number of people; "<5" for a group too small to be told, ">-5" for a small loss. */
export type Count = number | string;
/** 0 to 1; null for a group too small to be told. */
export type Share = number | null;

export interface Band {
  seconds: number;
  people: Count;
  share: Share;
}

export const GROUPINGS = ['area', 'age', 'care_level', 'hardship', 'way'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface GroupFigures {
  grouping: Grouping;
  key: string;
  label: string;
  people: Count;
  bands: Band[];
}

export interface SiteFigures {
  code: string;
  name: string;
  kind: SiteKind;
  lon: number;
  lat: number;
  capacity: number | null;
  /** People who have it nearest within the circle, and whom of them it has room for. */
  nearest: Count;
  taken: Count;
  load: number | null;
  mean_minutes: number | null;
  /** Why nobody can walk there; null where one can. */
  unreached: string | null;
}

export interface CoverageFigures {
  people: Count;
  unlocated: Count;
  off_street: Count;
  meal: string;
  circle_seconds: number;
  pace_kmh: Record<string, number>;
  bands: Band[];
  covered: Band;
  room: Band;
  outside: Band;
  sites: SiteFigures[];
  groups: GroupFigures[];
  warnings: string[];
  exact: boolean;
}

export interface ChangeFigures {
  people: Count;
  newly: Count;
  already: Count;
  no_longer: Count;
  still_outside: Count;
  share_before: Share;
  share_after: Share;
}

export interface GroupChange {
  grouping: Grouping;
  key: string;
  label: string;
  change: ChangeFigures;
}

export interface Comparison {
  before: CoverageFigures;
  after: CoverageFigures;
  total: ChangeFigures;
  groups: GroupChange[];
}

/** Who walks to one site: people by walking time, and from where. */
export interface Catchment {
  bands: Band[];
  only_here: Count;
  drawn: GeoJSON.FeatureCollection;
}

export interface Trial {
  comparison: Comparison;
  catchment: Catchment | null;
}

/** An imported boundary or population file. */
export interface MapSet {
  name: string;
  kind: 'boundaries' | 'population';
  people: number | null;
}
