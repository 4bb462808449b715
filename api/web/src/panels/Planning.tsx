// What planners have beside the map: the scenario, placing, the chosen site, figures, assumptions.
import type { Client } from '../service/client.ts';
import type { Position } from '../service/types.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { Assumptions } from './Assumptions.tsx';
import { Figures } from './Figures.tsx';
import { PlacingBar } from './PlacingBar.tsx';
import { SiteCard } from './SiteCard.tsx';
import { WorkingBar } from './WorkingBar.tsx';

interface Properties {
  client: Client;
  state: State;
  say: Say;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  onMiddle: (() => void) | null;
  onShift: (site: string, place: Position) => void;
}

export function Planning({ client, state, say, tell, reason, onMiddle, onShift }: Properties) {
  return (
    <>
      <PlacingBar state={state} say={say} tell={tell} onMiddle={onMiddle} />
      <SiteCard state={state} say={say} tell={tell} onShift={onShift} />
      <Figures state={state} say={say} />
      <WorkingBar client={client} state={state} say={say} tell={tell} reason={reason} />
      <Assumptions state={state} say={say} tell={tell} />
    </>
  );
}
