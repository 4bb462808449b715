// The canteens, couriers and meal points that a file can name.
import type { Client } from '../../service/client.ts';
import type { Page } from '../../service/types.ts';
import type { Say } from '../texts.ts';
import { useAsked } from '../parts/useAsked.ts';
import type { Canteen, Courier, MealPoint } from './types.ts';

export interface Choices {
  canteens: readonly { code: string; name: string | null }[];
  couriers: readonly { code: string; name: string | null }[];
  points: readonly { code: string; name: string | null }[];
}

/** Return the canteen of a manager who keeps only one, which need not be chosen; else nothing. */
export function onlyOwn(may: ReadonlySet<string>, { canteens }: Choices): string {
  const [own] = canteens;
  return may.has('create_sites') || canteens.length !== 1 || own === undefined ? '' : own.code;
}

export function useChoices(client: Client, say: Say): Choices {
  const canteens = useAsked<Page<Canteen>>(client, say, '/api/v1/canteens?limit=500');
  const couriers = useAsked<Page<Courier>>(client, say, '/api/v1/couriers?limit=500&active=true');
  const points = useAsked<Page<MealPoint>>(client, say, '/api/v1/meal-points?limit=500');
  return {
    canteens: canteens.answer?.items ?? [],
    couriers: couriers.answer?.items ?? [],
    points: points.answer?.items ?? [],
  };
}
