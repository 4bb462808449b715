// The page: asks the service for what is shown, keeps the state, puts map and panels together.
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';

import { useLayers, useTrials } from './following.ts';
import { canDraw, MapOnPage } from './map/view.ts';
import { Downloads } from './panels/Downloads.tsx';
import { Layers } from './panels/Layers.tsx';
import { Legend } from './panels/Legend.tsx';
import { Notices } from './panels/Notices.tsx';
import { Divided } from './panels/Divided.tsx';
import { Planning } from './panels/Planning.tsx';
import { ScenarioWork } from './panels/ScenarioWork.tsx';
import { Search } from './panels/Search.tsx';
import { SiteList } from './panels/SiteList.tsx';
import { zoomFor } from './finding.ts';
import { newSite, rounded } from './placing.ts';
import { type Client, Refused } from './service/client.ts';
import type { Place } from './service/places.ts';
import type { Position, Service, Site, SiteKind } from './service/types.ts';
import { sideOf } from './sides.ts';
import { keyFor, keyOf } from './sites.ts';
import { next, START } from './state.ts';
import { useStopwatch } from './stopwatch.ts';
import { type Language, speaker } from './texts.ts';
import { freeKey } from './working.ts';

interface Properties {
  client: Client;
  language: Language;
  /** Services of this day or later are offered. */
  first: string;
  /** Names of what whoever looks at the page may do. */
  may: ReadonlySet<string>;
}

export function App({ client, language, first, may }: Properties) {
  const say = speaker(language);
  const planning = may.has('read_coverage');
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
    if (planning) client.mapSets().then((sets) => tell({ type: 'map sets', sets }), failed);
  }, [client]);
  useTrials(client, state, tell, planning);
  useLayers(client, state, tell, planning);

  const place = (at: Position, kind: SiteKind | null, moved: string | null) => {
    const [lon, lat] = rounded(at);
    if (moved !== null) tell({ type: 'change', change: { do: 'move', site: moved, lon, lat } });
    if (kind === null) return;
    const { working, sites } = state;
    const key = freeKey([
      ...(sites ?? []).map((site) => site.properties.code),
      ...working.changes.map((change) => change.site),
    ]);
    const name = say('new_name', { kind: say(kind), key });
    const change = newSite(key, kind, name, at, working.assumptions.meal);
    tell({ type: 'change', change });
    tell({ type: 'select', code: keyFor(kind, key) });
  };
  // The map calls what was last drawn, so it always sees the present state.
  const drawn = state.choosing.drawn.length;
  const deeds = useRef({ place, moving: state.placing, drawn });
  deeds.current = { place, moving: state.placing, drawn };

  // The map opens when it is known what is under it and where to look.
  const settled = state.sites !== null && (state.basemap !== null || state.noBasemap !== null);
  useEffect(() => {
    if (!settled || !drawable || box.current === null) return;
    const opened = new MapOnPage(
      box.current,
      state,
      { say, language },
      {
        chosen: (key) => tell({ type: 'select', code: key }),
        placed: (at, when) => {
          start(when);
          deeds.current.place(at, deeds.current.moving.tool, deeds.current.moving.moving);
        },
        dragged: (at, step, when) => {
          const [lon, lat] = rounded(at);
          const site = deeds.current.moving.moving;
          if (site === null) return;
          if (step.last) start(when);
          const change = { do: 'move', site, lon, lat } as const;
          tell({ type: 'change', change, continues: !step.first });
        },
        drawn: (at) => {
          const name = say('drawn_name', { number: deeds.current.drawn + 1 });
          tell({ type: 'add candidate', at: rounded(at), name });
        },
      },
    );
    map.current = opened;
    return () => opened.close();
  }, [settled]);
  const { onMap } = state.comparing;
  useLayoutEffect(() => map.current?.show(onMap ? sideOf(state, 'before') : state), [state]);
  const start = useStopwatch(state.trying, map, box); // after the answer was given to the map

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
  const middle = () => {
    start(performance.now());
    if (map.current) place(map.current.middle(), state.placing.tool, null);
  };
  const show = ({ kind, code, point }: Place) => {
    if (code !== null && (kind === 'canteen' || kind === 'meal_point'))
      tell({ type: 'select', code: keyFor(kind, code) });
    map.current?.moveTo(point, zoomFor(kind));
  };
  const placeFound = (at: Position, kind: SiteKind) => {
    start(performance.now());
    place(at, kind, null);
    tell({ type: 'choose place', place: null });
  };
  const shift = (site: string, at: Position) => {
    start(performance.now());
    place(at, null, site);
    map.current?.keepInSight(at);
  };

  return (
    <div
      class="map-app"
      onKeyDown={(event) => event.key === 'Escape' && tell({ type: 'put down' })}
    >
      <div class="panel">
        <Notices state={state} drawable={drawable} say={say} />
        <Search
          {...{ client, state, say, language, tell, reason }}
          onChoose={show}
          onPlace={planning ? placeFound : null}
        />
        {planning && (
          <Planning
            {...{ client, state, say, tell, reason }}
            onMiddle={drawable ? middle : null}
            onShift={shift}
          />
        )}
        {planning && (
          <ScenarioWork
            {...{ client, state, drawable, first, say, language, tell, reason }}
            middle={() => map.current && rounded(map.current.middle())}
          />
        )}
        <section aria-labelledby="sites">
          <h2 id="sites">{say('sites')}</h2>
          <SiteList state={state} say={say} onSelect={select} />
        </section>
        <Layers {...{ state, say, tell, planning }} onService={choose} />
        <Legend say={say} planning={planning} />
        {(planning || drawable) && (
          <Downloads {...{ state, say, language, planning }} map={drawable ? map : null} />
        )}
        {drawable && (
          <button type="button" class="quiet" onClick={() => map.current?.showAll()}>
            {say('whole')}
          </button>
        )}
        {state.basemap?.date && (
          <p class="note">{say('data_of', { date: state.basemap.date.slice(0, 10) })}</p>
        )}
      </div>
      {drawable && (
        <div class="maps">
          <div class="map" ref={box} />
          {onMap && <Divided {...{ client, state, say, language, tell, reason }} below={map} />}
        </div>
      )}
    </div>
  );
}
