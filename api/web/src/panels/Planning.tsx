// What planners have beside the map: the scenario, placing, the chosen site, figures, assumptions.
import type { Client } from '../service/client.ts';
import type { MapSet } from '../service/siting.ts';
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
  sets: MapSet[];
  say: Say;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  onMiddle: (() => void) | null;
  onShift: (site: string, place: Position) => void;
}

export function Planning({ client, state, sets, say, tell, reason, onMiddle, onShift }: Properties) {
  return (
    <>
      <Figures state={state} say={say} />
      <Assumptions state={state} sets={sets} say={say} tell={tell} />
      <PlacingBar state={state} say={say} tell={tell} onMiddle={onMiddle} />
      <SiteCard state={state} say={say} tell={tell} onShift={onShift} />
      <WorkingBar client={client} state={state} say={say} tell={tell} reason={reason} />
    </>
  );
}
