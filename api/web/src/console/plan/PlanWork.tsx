// A plan and the work on it: table and map side by side, moves, locks, changes of the day, proposals.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { Position } from '../../service/types.ts';
import { hashOf } from '../address.ts';
import type { ViewProperties } from '../view.ts';
import { ChangeForm } from './ChangeForm.tsx';
import { type Draft, draftsOf, MOST_PLACES } from './changes.ts';
import { useDeeds } from './deeds.ts';
import { Duties } from './Duties.tsx';
import { Head } from './Head.tsx';
import { StopDialog, TripDialog } from './MoveDialogs.tsx';
import { dropped, type Move, withMove } from './moves.ts';
import { OpenedProposal } from './OpenedProposal.tsx';
import { PlanMap } from './PlanMap.tsx';
import { shownDuties, stopOf, unseen } from './reading.ts';
import type { Chosen } from './shapes.ts';
import { Tray } from './Tray.tsx';
import type { ChangesOnMap, Loaded, Proposal, StopDay, Unserved } from './types.ts';
import { UnservedList } from './UnservedList.tsx';
import { stamp, type Words } from './words.ts';

interface Properties extends ViewProperties {
  path: string;
  loaded: Loaded;
  inForce: number | null;
  proposals: readonly Proposal[];
  reports: readonly StopDay[];
  /** Show a revision (null: the one in force), read anew. */
  read: (revision: number | null) => void;
}

type Editing = { kind: 'stop'; order: number } | { kind: 'unserved'; one: Unserved } | { kind: 'trip'; courier: string; trip: number };

export function PlanWork(properties: Properties) {
  const { client, say, language, zone, may, place, live, go, path, loaded, inForce, proposals, reports, read } = properties;
  const day = properties.service?.day ?? '';
  const words: Words = useMemo(() => ({ say, language, zone, day }), [say, language, zone, day]);
  const [chosen, choose] = useState<Chosen>({ courier: null, order: null });
  const [moves, setMoves] = useState<Move[]>([]);
  const [editing, edit] = useState<Editing | null>(null);
  const [drafts, setDrafts] = useState<Draft[]>(() => draftsOf(place.rest));
  const [changes, setChanges] = useState<ChangesOnMap | null>(null);
  const [mapShown, showMap] = useState(() => matchMedia('(min-width: 64rem)').matches);
  const deeds = useDeeds(properties);
  const { number } = loaded.summary;
  const isInForce = number === inForce;
  const changeable = isInForce && may.has('make_plans');
  const duties = useMemo(() => shownDuties(loaded, isInForce ? reports : []), [loaded, reports, isInForce]);
  const wanted = useMemo(
    () => (isInForce ? unseen(duties, proposals, live.progress?.couriers ?? [], number) : []),
    [duties, proposals, live.progress, isInForce, number],
  );
  const changed = loaded.before !== null;
  const [what, id] = place.rest;
  const asking = what === 'change' && changeable;
  useEffect(() => {
    if (what === 'change') setDrafts(draftsOf(place.rest));
    if (what !== 'proposal') setChanges(null);
  }, [place.rest.join('/')]);
  const list = useRef<HTMLDivElement>(null);
  const working = what !== undefined || moves.length > 0;
  const worked = useRef(working);
  useEffect(() => {
    if (worked.current && !working) list.current?.focus(); // what had the focus is gone
    worked.current = working;
  }, [working]);
  const back = () => go({ ...place, rest: [] });
  const picking = asking ? drafts.findIndex((draft) => draft.kind === 'street_closed' && draft.places.length < MOST_PLACES) : -1;
  const pick = (at: Position) =>
    setDrafts(drafts.map((draft, index) => (index === picking ? { ...draft, places: [...draft.places, at] } : draft)));
  const closed = useMemo(
    () => (asking ? drafts.flatMap((draft) => (draft.kind === 'street_closed' ? draft.places : [])) : []),
    [asking, drafts],
  );
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
  const waiting = proposals.filter((one) => one.state === 'open');
  return (
    <>
      <div class={mapShown ? 'plan-columns with-map' : 'plan-columns'}>
        <div class="plan-list" ref={list} tabIndex={-1}>
          <Head
            {...{ loaded, words, may, path, changed }}
            inForce={isInForce}
            unseen={wanted}
            choose={read}
            publish={(revision) => void deeds.publish(revision)}
          />
          <div aria-live="polite" class="notice">
            {deeds.notice !== null && <p class={deeds.notice.well ? 'well' : 'alert'}>{deeds.notice.text}</p>}
          </div>
          <p class="plan-tools">
            {changeable && !asking && (
              <a class="button" href={hashOf({ ...place, rest: ['change'] })}>
                {say('plan_changes_open')}
              </a>
            )}
            {waiting.length > 0 && (
              <span class="waiting">
                {say('plan_proposals')}
                {waiting.map((one) => (
                  <a key={one.id} href={hashOf({ ...place, rest: ['proposal', String(one.id)] })}>
                    {say('plan_proposal', { id: one.id })} · {say('plan_proposal_by', { by: one.made_by, at: stamp(one.made_at, zone, day) })}
                  </a>
                ))}
              </span>
            )}
            <button type="button" class="quiet" aria-expanded={mapShown} onClick={() => showMap(!mapShown)}>
              {say(mapShown ? 'plan_hide_map' : 'plan_show_map')}
            </button>
            {chosen.courier !== null && (
              <button type="button" class="quiet" onClick={() => choose({ courier: null, order: null })}>
                {say('plan_show_all')}
              </button>
            )}
          </p>
          {asking && <ChangeForm {...{ client, words, may, drafts, setDrafts }} ask={deeds.ask} close={back} />}
          {what === 'proposal' && (
            <OpenedProposal key={id} {...{ client, path, words, place, duties, deeds, setChanges }} id={Number(id)} close={back} news={`${inForce}`} />
          )}
          {moves.length > 0 && changeable && (
            <Tray
              {...{ client, path, words, duties, moves, setMoves }}
              revision={number}
              keep={async () => void ((await deeds.keep(moves)) && setMoves([]))}
              accept={async (despite) => void ((await deeds.acceptNow(moves, despite)) && setMoves([]))}
            />
          )}
          <UnservedList {...{ words }} unserved={loaded.unserved} give={changeable ? (one) => edit({ kind: 'unserved', one }) : null} />
          <Duties {...{ duties, chosen, words, choose }} edit={changeable ? edits : null} />
        </div>
        {mapShown && (
          <div class="plan-map">
            <PlanMap {...{ client, words, loaded, chosen, changes, closed, choose }} pick={picking >= 0 ? pick : null} />
          </div>
        )}
      </div>
      {editing?.kind === 'trip' && (
        <TripDialog {...{ duties, words }} courier={editing.courier} trip={editing.trip} move={add} close={() => edit(null)} />
      )}
      {editing !== null && editing.kind !== 'trip' && (
        <StopDialog
          {...{ duties, words }}
          stop={(editing.kind === 'stop' ? stopOf(duties, editing.order) : editing.one) ?? { order: 0, elder: null, meal_point: null }}
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
