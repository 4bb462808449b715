// The page: asks the service for what is shown, keeps the state, puts map and panels together.
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';

import { canDraw, MapOnPage } from './map/view.ts';
import { Layers } from './panels/Layers.tsx';
import { Legend } from './panels/Legend.tsx';
import { Notices } from './panels/Notices.tsx';
import { SiteList } from './panels/SiteList.tsx';
import { type Client, Refused } from './service/client.ts';
import type { Service, Site } from './service/types.ts';
import { keyOf, next, START } from './state.ts';
import { type Language, speaker } from './texts.ts';

interface Properties {
  client: Client;
  language: Language;
  /** Services of this day or later are offered. */
  first: string;
}

export function App({ client, language, first }: Properties) {
  const say = speaker(language);
  const [state, tell] = useReducer(next, START);
  const [drawable] = useState(canDraw);
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapOnPage | null>(null);
  const reason = useCallback(
    (error: unknown) => (error instanceof Refused ? error.message : say('offline')),
    [language],
  );

  useEffect(() => {
    const failed = (error: unknown) => tell({ type: 'problem', reason: reason(error) });
    client.basemap().then(
      (basemap) => tell({ type: 'basemap', basemap }),
      (error: unknown) => tell({ type: 'no basemap', reason: reason(error) }),
    );
    client.sites().then(({ features }) => tell({ type: 'sites', sites: features }), failed);
    client.planned(first).then((services) => tell({ type: 'services', services }), failed);
  }, [client]);

  // The map opens when it is known what is under it and where to look.
  const settled = state.sites !== null && (state.basemap !== null || state.noBasemap !== null);
  useEffect(() => {
    if (!settled || !drawable || box.current === null) return;
    const opened = new MapOnPage(box.current, state, { say, language }, (key) =>
      tell({ type: 'select', code: key }),
    );
    map.current = opened;
    return () => opened.close();
  }, [settled]);
  useEffect(() => map.current?.show(state), [state]);

  const select = (site: Site) => {
    tell({ type: 'select', code: keyOf(site) });
    if (site.geometry) map.current?.moveTo(site.geometry.coordinates);
  };
  const choose = (service: Service | null) => {
    tell({ type: 'choose service', service });
    if (service === null) return;
    client.routes(service).then(
      ({ features }) => tell({ type: 'routes', service, routes: features }),
      (error: unknown) => tell({ type: 'problem', reason: reason(error) }),
    );
  };

  return (
    <div class="map-app">
      <div class="panel">
        <Notices state={state} drawable={drawable} say={say} />
        <section aria-labelledby="sites">
          <h2 id="sites">{say('sites')}</h2>
          <SiteList sites={state.sites} selected={state.selected} say={say} onSelect={select} />
        </section>
        <Layers state={state} say={say} tell={tell} onService={choose} />
        <Legend say={say} />
        {drawable && (
          <button type="button" class="quiet" onClick={() => map.current?.showAll()}>
            {say('whole')}
          </button>
        )}
        {state.basemap?.date && (
          <p class="note">{say('data_of', { date: state.basemap.date.slice(0, 10) })}</p>
        )}
      </div>
      {drawable && <div class="map" ref={box} />}
    </div>
  );
}
