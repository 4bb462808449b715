// What every part of an open case's card is given.
import type { Case } from '../../service/delivery.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';

export interface CaseProperties extends ViewProperties {
  service: Listed;
  one: Case;
  /** The service's time; null until it is known. */
  now: number | null;
  /** Read the cases again. */
  again: () => void;
}
