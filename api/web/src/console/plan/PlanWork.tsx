// A plan and the work on it: table and map side by side, moves, locks, changes of the day, proposals.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { unseen } from '../live/seen.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { ChangeForm } from './ChangeForm.tsx';
import { useDeeds } from './deeds.ts';
import { useDrafts } from './drafts.ts';
import { Duties } from './Duties.tsx';
import { Head } from './Head.tsx';
import { clearPast, nameOfWork, useKeptList } from './keeping.ts';
import { loadWays, NO_WAYS, useKept } from './loading.ts';
import { StopDialog, TripDialog } from './MoveDialogs.tsx';
import { dropped, type Move, withMove } from './moves.ts';
import { OpenedProposal } from './OpenedProposal.tsx';
import { PlanMap } from './PlanMap.tsx';
import { carriersOf, publishedBefore, shownDuties, stopOf } from './reading.ts';
import type { Chosen } from './shapes.ts';
import { Tools } from './Tools.tsx';
import { Tray } from './Tray.tsx';
import type { ChangesOnMap, Loaded, Proposal, StopDay, Unserved } from './types.ts';
import { UnservedList } from './UnservedList.tsx';
import type { Words } from './words.ts';

interface Properties extends ViewProperties {
  service: Listed;
  path: string;
  loaded: Loaded;
  /** 0: nothing is published. */
  inForce: number;
  /** A revision is being read; the one before is shown meanwhile. */
  busy: boolean;
  proposals: readonly Proposal[];
  reports: readonly StopDay[];
  /** Show a revision (null: the one in force), read anew. */
  read: (revision: number | null) => void;
  readProposals: () => void;
}

type Editing =
  | { kind: 'stop'; order: number }
  | { kind: 'unserved'; one: Unserved }
  | { kind: 'trip'; courier: string; trip: number };

export function PlanWork(properties: Properties) {
  const { client, say, language, zone, may, place, live, go, path } = properties;
  const { service, loaded, inForce, busy, proposals, reports, read } = properties;
  const { day } = service;
  const [chosen, choose] = useState<Chosen>({ courier: null, order: null });
  const { shelf } = properties.outbox;
  const [moves, setMoves] = useKeptList<Move>(shelf, nameOfWork(service, 'moves'));
  useEffect(() => clearPast(shelf, properties.today), [shelf, properties.today]);
  const [editing, edit] = useState<Editing | null>(null);
  const [changes, setChanges] = useState<ChangesOnMap | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [mapShown, showMap] = useState(() => matchMedia('(min-width: 64rem)').matches);
  const deeds = useDeeds(properties);
  const { number, state } = loaded.summary;
  const isInForce = state === 'published' && number >= inForce;
  const changeable = isInForce && may.has('make_plans');
  const duties = useMemo(() => shownDuties(loaded, isInForce ? reports : []), [loaded, reports, isInForce]);
  const carriers = useMemo(() => carriersOf(duties, loaded.couriers), [duties, loaded.couriers]);
  const couriers = useMemo(() => duties.map((duty) => duty.courier), [duties]);
  const ways = useKept(
    () => (mapShown ? loadWays(client, path, number) : Promise.resolve(NO_WAYS)),
    path,
    `${number}/${mapShown}`,
    say,
  );
  const words: Words = useMemo(
    () => ({ say, language, zone, day, carriers }),
    [say, language, zone, day, carriers],
  );
  const wanted = useMemo(
    () => (isInForce ? unseen(live.progress?.couriers ?? []) : []),
    [live.progress, isInForce],
  );
  const changed = publishedBefore(loaded.revisions, number) !== null;
  const [what, id] = place.rest;
  const asking = what === 'change' && changeable;
  const { drafts, setDrafts, forget, closed, pick } = useDrafts({ rest: place.rest, may, asking, shelf, name: nameOfWork(service, 'change') });
  const list = useRef<HTMLDivElement>(null);
  const working = what === 'change' || what === 'proposal' || moves.length > 0;
  const worked = useRef(working);
  useLayoutEffect(() => {
    if (worked.current && !working) list.current?.focus(); // what had the focus is gone
    worked.current = working;
  }, [working]);
  const back = () => go({ ...place, rest: [] });
  const dismiss = () => {
    forget();
    back();
  };
  const add = (move: Move | null) => {
    edit(null);
    if (move) setMoves(withMove(moves, move));
  };
  const drop = (order: number, on: { courier: string; trip: number; place: number | null }) => {
    const stop = stopOf(duties, order);
    if (stop) add(dropped(stop, on));
  };
  const edits = {
    stop: ({ order }: { order: number }) => edit({ kind: 'stop', order }),
    trip: (courier: string, trip: number) => edit({ kind: 'trip', courier, trip }),
    lockDuty: (courier: string, lock: boolean) => void deeds.lock(`couriers/${encodeURIComponent(courier)}`, lock),
    drop,
  };
  const edited = editing?.kind === 'stop' ? stopOf(duties, editing.order) : editing?.kind === 'unserved' ? editing.one : null;
  return (
    <>
      <div class={mapShown ? 'plan-columns with-map' : 'plan-columns'}>
        <div class="plan-list" ref={list} tabIndex={-1}>
          <Head
            {...{ loaded, words, may, path, changed, busy }}
            inForce={isInForce}
            unseen={wanted}
            choose={read}
            publish={(revision) => void deeds.publish(revision)}
          />
          <div aria-live="polite" class="notice">
            {deeds.notice !== null && <p class={deeds.notice.well ? 'well' : 'alert'}>{deeds.notice.text}</p>}
          </div>
          <Tools
            {...{ words, place, proposals, mapShown, showMap }}
            asks={changeable && !asking}
            showAll={chosen.courier === null ? null : () => choose({ courier: null, order: null })}
          />
          {asking && <ChangeForm {...{ client, words, may, drafts, setDrafts }} couriers={loaded.couriers} ask={(changes) => deeds.ask(changes).then(forget)} close={dismiss} />}
          {what === 'proposal' && (
            <OpenedProposal
              key={id}
              {...{ client, path, words, place, duties, deeds, setChanges, setDrawing }}
              id={Number(id)}
              close={back}
              news={String(inForce)}
            />
          )}
          {moves.length > 0 && changeable && (
            <Tray
              {...{ client, path, words, duties, moves, setMoves }}
              revision={number}
              keep={async () => void ((await deeds.keep(moves)) && setMoves([]))}
              accept={async (seen) => void ((await deeds.acceptNow(moves, seen)) && setMoves([]))}
            />
          )}
          <UnservedList
            {...{ client, path, words }}
            revision={number}
            wanted={what === 'unserved'}
            places={may.has('change_elders')}
            unserved={loaded.unserved}
            give={changeable ? (one) => edit({ kind: 'unserved', one }) : null}
          />
          <Duties {...{ duties, chosen, words, choose }} edit={changeable ? edits : null} />
        </div>
        {mapShown && (
          <div class="plan-map" aria-busy={ways.busy || drawing}>
            <PlanMap
              {...{ client, words, couriers, chosen, changes, closed, choose, pick }}
              ways={ways.value ?? NO_WAYS}
            />
          </div>
        )}
      </div>
      {editing?.kind === 'trip' && (
        <TripDialog words={words} courier={editing.courier} trip={editing.trip} move={add} close={() => edit(null)} />
      )}
      {edited && (
        <StopDialog
          {...{ duties, words }}
          stop={edited}
          move={add}
          lock={(order, lock) => {
            edit(null);
            void deeds.lock(`orders/${order}`, lock);
          }}
          close={() => edit(null)}
        />
      )}
    </>
  );
}
