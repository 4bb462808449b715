// What planners have beside the map: the scenario, placing, the chosen site, figures, assumptions.
import type { Client } from '../service/client.ts';
import type { Position } from '../service/types.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { Assumptions } from './Assumptions.tsx';
import { Figures, Headline } from './Figures.tsx';
import { PlacingBar } from './PlacingBar.tsx';
import { SiteCard } from './SiteCard.tsx';
import { WorkingBar } from './WorkingBar.tsx';

interface Properties {
  client: Client;
  state: State;
  say: Say;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  /** Places what is in the hand at the middle of the map; null without a map. */
  onMiddle: (() => void) | null;
  onShift: (site: string, place: Position) => void;
}

export function Planning({ client, state, say, tell, reason, onMiddle, onShift }: Properties) {
  return (
    <>
      <Headline state={state} say={say} />
      {onMiddle !== null && (
        <PlacingBar state={state} say={say} tell={tell} onMiddle={onMiddle} />
      )}
      <SiteCard state={state} say={say} tell={tell} onShift={onShift} />
      <Figures state={state} say={say} />
      <WorkingBar client={client} state={state} say={say} tell={tell} reason={reason} />
      <Assumptions state={state} say={say} tell={tell} />
    </>
  );
}
