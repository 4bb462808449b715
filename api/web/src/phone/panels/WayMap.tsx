// The own small map with the way to a stop, opened when asked for; in words where it cannot be drawn.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { Unreachable } from '../client.ts';
import type { SeenStop, SeenTrip } from '../progress.ts';
import type { Say } from '../texts.ts';
import type { Leg } from '../types.ts';
import { distance } from '../words.ts';

interface Properties {
  stop: SeenStop;
  trip: SeenTrip;
  actions: Actions;
}

type Found = { kind: 'busy' } | { kind: 'failed'; words: string } | { kind: 'way'; legs: Leg[] };

export function WayMap(properties: Properties) {
  const { say } = properties.actions;
  const [open, setOpen] = useState(false);
  if (properties.stop.place === null) return null;
  return (
    <div class="way">
      <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(open ? 'hide_map' : 'show_map')}
      </button>
      {open && <OpenedWay {...properties} />}
    </div>
  );
}

function OpenedWay({ stop, trip, actions }: Properties) {
  const { say, client } = actions;
  const [found, find] = useState<Found>({ kind: 'busy' });
  useEffect(() => {
    client.way(trip.number).then(
      (legs) => find({ kind: 'way', legs }),
      (error: unknown) => {
        if (error instanceof Unreachable) find({ kind: 'failed', words: say('map_offline') });
        else if (error instanceof Error) find({ kind: 'failed', words: error.message });
      },
    );
  }, [trip.number, client]);
  if (found.kind === 'busy') return <p role="status">{say('map_loading')}</p>;
  if (found.kind === 'failed') return <p role="status">{found.words}</p>;
  const leg = found.legs.find((one) => one.order === stop.order);
  return (
    <>
      {leg && (
        <p>{say('way', { distance: distance(leg.metres), minutes: Math.max(1, Math.round(leg.seconds / 60)) })}</p>
      )}
      <Picture stop={stop} trip={trip} legs={found.legs} actions={actions} leg={leg} />
    </>
  );
}

function Picture({ stop, trip, legs, leg, actions }: Properties & { legs: Leg[]; leg: Leg | undefined }) {
  const { say, language, client } = actions;
  const box = useRef<HTMLDivElement>(null);
  const [failed, fail] = useState<'no_webgl' | 'map_failed' | null>(null);
  useEffect(() => {
    let closed = false;
    let close = () => undefined as void;
    const opening = async () => {
      const { canDraw, openWayMap } = await import('../map/way.ts');
      if (!canDraw()) return fail('no_webgl');
      const opened = await openWayMap(box.current as HTMLDivElement, { stop, trip, legs, client, language, say });
      if (closed) opened();
      else close = opened;
    };
    opening().catch(() => fail('map_failed')); // without a network its program cannot be loaded
    return () => {
      closed = true;
      close();
    };
  }, [stop.order, language]);
  return (
    <>
      {failed === null && <div class="map small" ref={box} />}
      {failed !== null && <p role="status">{say(failed)}</p>}
      {leg && <Directions leg={leg} open={failed !== null} say={say} />}
    </>
  );
}

/** The way in words. */
function Directions({ leg, open, say }: { leg: Leg; open: boolean; say: Say }) {
  if (leg.directions.length === 0) return null;
  const words = <ol class="directions">{leg.directions.map((text, index) => <li key={index}>{text}</li>)}</ol>;
  return open ? words : <details><summary>{say('way_in_words')}</summary>{words}</details>;
}
