// The form of what changed while it is filled in: opened by the address, closed streets from the map.
import { useEffect, useMemo, useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import type { Shelf } from '../entering/shelf.ts';
import { type Draft, draftsOf, kindsFor, MOST_PLACES } from './changes.ts';

const NOWHERE: readonly Position[] = [];

/** What the shelf keeps of the form, and which address opened it. */
interface Filled {
  opened: string;
  drafts: readonly Draft[];
}

interface Properties {
  /** What the address opens. */
  rest: readonly string[];
  may: ReadonlySet<string>;
  /** Whether the form is shown. */
  asking: boolean;
  shelf: Shelf;
  /** Name on the shelf. */
  name: string;
}

interface Drafts {
  drafts: readonly Draft[];
  setDrafts: (drafts: readonly Draft[]) => void;
  /** Forget what was filled in: it was sent, or is not wanted. */
  forget: () => void;
  /** Places of closed streets, for the map. */
  closed: readonly Position[];
  /** Takes a place that is clicked; null while no closed street waits for one. */
  pick: ((place: Position) => void) | null;
}

export function useDrafts({ rest, may, asking, shelf, name }: Properties): Drafts {
  const opened = rest.join('/');
  const begun = () => filledIn(shelf.read<Filled>(name), opened) ?? draftsOf(rest, kindsFor(may));
  const [drafts, show] = useState<readonly Draft[]>(begun);
  useEffect(() => {
    if (rest[0] === 'change') show(begun());
  }, [opened]);
  const setDrafts = (next: readonly Draft[]) => {
    shelf.write(name, { opened, drafts: next } satisfies Filled);
    show(next);
  };
  const streets = asking ? drafts.filter((draft) => draft.kind === 'street_closed') : [];
  const waiting = streets.find((draft) => draft.places.length < MOST_PLACES);
  const pick = (place: Position) =>
    setDrafts(drafts.map((one) => (one === waiting ? { ...one, places: [...one.places, place] } : one)));
  const places = streets.flatMap((draft) => draft.places);
  const closed = useMemo(() => (places.length === 0 ? NOWHERE : places), [places.join(' ')]);
  const forget = () => shelf.remove(name);
  return { drafts, setDrafts, forget, closed, pick: waiting === undefined ? null : pick };
}

/** Return what was filled in before, if the same address opens the form again. */
export function filledIn(kept: Filled | null, opened: string): readonly Draft[] | null {
  return kept !== null && kept.opened === opened ? kept.drafts : null;
}
