// Work on a plan that nobody sent yet, kept in the browser: a page that is opened anew goes on with it.
import { useCallback, useState } from 'preact/hooks';

import type { Service } from '../../service/types.ts';
import type { Shelf } from '../entering/shelf.ts';

const PREFIX = 'plan/';

/** Return the name on the shelf of some work on the plan of a service. */
export function nameOfWork(service: Service, what: string): string {
  return `${PREFIX}${service.day}/${service.meal}/${what}`;
}

/** Throw away work on services that are over. */
export function clearPast(shelf: Shelf, today: string): void {
  for (const name of shelf.names(PREFIX)) {
    if (name.slice(PREFIX.length, PREFIX.length + today.length) < today) shelf.remove(name);
  }
}

/** Return a list that stays on the shelf until it is empty again, and what changes it. */
export function useKeptList<Item>(shelf: Shelf, name: string): [readonly Item[], (items: readonly Item[]) => void] {
  const [items, setItems] = useState<readonly Item[]>(() => shelf.read<Item[]>(name) ?? []);
  const change = useCallback(
    (next: readonly Item[]) => {
      if (next.length === 0) shelf.remove(name);
      else shelf.write(name, next);
      setItems(next);
    },
    [shelf, name],
  );
  return [items, change];
}
