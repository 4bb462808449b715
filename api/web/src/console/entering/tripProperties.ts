// What every part of a trip on a paper sheet is given.
import type { DutyTrip, StopDay } from '../../service/delivery.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import type { Draft, Mistake } from './sheet.ts';

export interface TripProperties extends ViewProperties {
  service: Listed;
  trip: DutyTrip;
  draft: Draft;
  change: (draft: Draft) => void;
  mistakes: readonly Mistake[];
  known: ReadonlyMap<number, StopDay>;
  again: () => void;
}
