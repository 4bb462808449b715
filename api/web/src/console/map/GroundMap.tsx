// A map over the streets for any view of the console: draws what it is given, tells what is done on it.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { type Client, Refused } from '../../service/client.ts';
import type { Language, Say } from '../texts.ts';
import type { Drawing } from './drawing.ts';
import type { Drawn } from './properties.ts';

interface Properties extends Drawn {
  client: Client;
  language: Language;
  say: Say;
  /** What the map shows, for those who do not see it. */
  title: string;
}

type Failed = 'map_no_webgl' | 'map_not_loaded';

export function GroundMap({ client, language, say, title, ...drawn }: Properties) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const latest = useRef<Drawn>(drawn);
  const [failed, fail] = useState<Failed | null>(null);
  const [tried, tryAgain] = useState(0);
  latest.current = drawn;
  useEffect(() => {
    let closed = false;
    fail(null);
    open(client, () => closed || box.current === null).then(
      (Made) => {
        if (Made === null || box.current === null) return;
        drawing.current = new Made.Drawing(box.current, Made.ground, latest.current, { title, language, say });
      },
      (error: unknown) => fail(error instanceof CannotDraw ? 'map_no_webgl' : 'map_not_loaded'),
    );
    return () => {
      closed = true;
      drawing.current?.close();
      drawing.current = null;
    };
  }, [client, language, tried]);
  // With the page around it, so that a map that is about to change is not called ready.
  useLayoutEffect(() => drawing.current?.show(drawn));
  const takeMiddle = () => {
    if (drawing.current) drawn.onPlace?.(drawing.current.middle(), null);
  };
  return (
    <div class={drawn.choosing ? 'ground choosing' : 'ground'}>
      <div class="ground-map" ref={box} hidden={failed !== null} />
      {failed !== null && <p role="status">{say(failed)}</p>}
      {failed === 'map_not_loaded' && (
        <p>
          <button type="button" class="quiet" onClick={() => tryAgain(tried + 1)}>
            {say('try_again')}
          </button>
        </p>
      )}
      {drawn.choosing && failed === null && (
        <p class="ground-middle">
          <button type="button" class="quiet" onClick={takeMiddle}>
            {say('map_take_middle')}
          </button>{' '}
          <span class="note">{say('map_by_keys')}</span>
        </p>
      )}
    </div>
  );
}

class CannotDraw extends Error {}

/** Load the map's program and the background; null if nobody waits for it any more. */
async function open(client: Client, gone: () => boolean) {
  const program = await import('./drawing.ts');
  if (!program.canDraw()) throw new CannotDraw();
  const ground = await client.basemap().catch((error: unknown) => {
    if (error instanceof Refused) return null; // no streets were imported: shapes on bare land
    throw error;
  });
  return gone() ? null : { ...program, ground };
}
