// The plan on the map: what is clicked is selected in the table too.
import { useEffect, useMemo, useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Position, Sites } from '../../service/types.ts';
import { GroundMap } from '../map/GroundMap.tsx';
import type { Touched } from '../map/properties.ts';
import { boxOf, type Chosen, LAYERS, ROUTE_LAYER, shapesOf, STOP_LAYER } from './shapes.ts';
import type { ChangesOnMap, Ways } from './types.ts';
import type { Words } from './words.ts';

interface Properties {
  client: Client;
  words: Words;
  /** Couriers of the plan, for their colours. */
  couriers: readonly string[];
  ways: Ways;
  chosen: Chosen;
  changes: ChangesOnMap | null;
  closed: readonly Position[];
  choose: (chosen: Chosen) => void;
  /** A place of a closed street is being chosen. */
  pick: ((place: Position) => void) | null;
}

const TOUCHABLE = [STOP_LAYER, ROUTE_LAYER];

export function PlanMap({ client, words, couriers, ways, chosen, changes, closed, choose, pick }: Properties) {
  const { say, language } = words;
  const [sites, setSites] = useState<Sites | null>(null);
  useEffect(() => {
    client.sites().then(setSites, () => setSites(null)); // the map does without where a role sees none
  }, [client]);
  const shapes = useMemo(
    () => shapesOf(ways, couriers, sites, chosen, changes, closed),
    [ways, couriers, sites, chosen, changes, closed],
  );
  const around = useMemo(() => boxOf(ways, chosen, changes), [ways, chosen, changes]);
  const touched = (place: Position, what: Touched | null) => {
    if (pick) return pick(place);
    if (what === null) return;
    const { courier, order } = what.properties;
    if (typeof courier === 'string') choose({ courier, order: typeof order === 'number' ? order : null });
  };
  return (
    <GroundMap
      {...{ client, language, say, shapes, around }}
      title={say('plan_map')}
      layers={LAYERS}
      touchable={TOUCHABLE}
      choosing={pick !== null}
      onPlace={touched}
    />
  );
}
