// The form of what changed while it is filled in: opened by the address, closed streets from the map.
import { useEffect, useMemo, useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import { type Draft, draftsOf, kindsFor, MOST_PLACES } from './changes.ts';

const NOWHERE: readonly Position[] = [];

interface Drafts {
  drafts: readonly Draft[];
  setDrafts: (drafts: Draft[]) => void;
  /** Places of closed streets, for the map. */
  closed: readonly Position[];
  /** Takes a place that is clicked; null while no closed street waits for one. */
  pick: ((place: Position) => void) | null;
}

/** `rest` is what the address opens; `asking`: the form is shown. */
export function useDrafts(rest: readonly string[], may: ReadonlySet<string>, asking: boolean): Drafts {
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => draftsOf(rest, kindsFor(may)));
  useEffect(() => {
    if (rest[0] === 'change') setDrafts(draftsOf(rest, kindsFor(may)));
  }, [rest.join('/')]);
  const streets = asking ? drafts.filter((draft) => draft.kind === 'street_closed') : [];
  const waiting = streets.find((draft) => draft.places.length < MOST_PLACES);
  const pick = (place: Position) =>
    setDrafts(drafts.map((one) => (one === waiting ? { ...one, places: [...one.places, place] } : one)));
  const places = streets.flatMap((draft) => draft.places);
  const closed = useMemo(() => (places.length === 0 ? NOWHERE : places), [places.join(' ')]);
  return { drafts, setDrafts, closed, pick: waiting === undefined ? null : pick };
}
