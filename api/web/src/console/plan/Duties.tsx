// The plan as a table: couriers, their trips, the stops of each; opened courier by courier.
import { useEffect, useRef } from 'preact/hooks';

import { colourOf } from '../../colours.ts';
import type { Chosen } from './shapes.ts';
import type { ShownDuty, ShownStop, ShownTrip } from './reading.ts';
import { changeText, clock, courierName, minutes, nameOf, type Words } from './words.ts';

export interface DutyDeeds {
  choose: (chosen: Chosen) => void;
  /** null where the revision cannot be changed. */
  edit: {
    stop: (stop: ShownStop) => void;
    trip: (courier: string, trip: number) => void;
    lockDuty: (courier: string, lock: boolean) => void;
    drop: (order: number, on: { courier: string; trip: number; place: number | null }) => void;
  } | null;
}

interface Properties extends DutyDeeds {
  duties: readonly ShownDuty[];
  chosen: Chosen;
  words: Words;
}

export function Duties({ duties, chosen, words, choose, edit }: Properties) {
  const { say } = words;
  const colours = colourOf(duties.map((duty) => duty.courier));
  return (
    <section aria-labelledby="plan-duties">
      <h3 id="plan-duties">{say('plan_duties')}</h3>
      {edit && <p class="note">{say('plan_drag')}</p>}
      {duties.map((duty) => (
        <OneDuty
          key={duty.courier}
          {...{ duty, chosen, words, choose, edit }}
          colour={colours.get(duty.courier) ?? ''}
        />
      ))}
    </section>
  );
}

type One = Omit<Properties, 'duties'> & { duty: ShownDuty; colour: string };

function OneDuty({ duty, colour, chosen, words, choose, edit }: One) {
  const { say, zone } = words;
  const open = chosen.courier === duty.courier;
  const [first, last] = [duty.trips[0], duty.trips.at(-1)];
  return (
    <div class={open ? 'duty-card open' : 'duty-card'}>
      <h4>
        <button
          type="button"
          class="duty-name"
          aria-expanded={open}
          onClick={() => choose({ courier: open ? null : duty.courier, order: null })}
        >
          <span class="swatch" style={{ background: colour }} aria-hidden="true" />
          <strong>{courierName(duty.courier, words)}</strong>
          <span class="note">
            {duty.canteen} ·{' '}
            {say('plan_courier_line', {
              trips: duty.trips.length, stops: duty.stops, portions: duty.portions,
              from: first ? clock(first.loads_at, zone) : '', to: last ? clock(last.returns_at, zone) : '',
            }) /* prettier-ignore */}
          </span>
          {duty.locked && <em class="flag">{say('plan_locked')}</em>}
          {duty.changed && <em class="flag changed">{say('plan_what_changes')}</em>}
        </button>
      </h4>
      {open && (
        <>
          <p class="duty-tools">
            <span class="note">
              {say(`plan_mode_${duty.mode}` as 'plan_mode_foot')} · {say('plan_boxes', { boxes: duty.boxes })}
            </span>
            {edit && (
              <button type="button" class="quiet" onClick={() => edit.lockDuty(duty.courier, !duty.locked)}>
                {say(duty.locked ? 'plan_unlock_duty' : 'plan_lock_duty')}
              </button>
            )}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={courierName(duty.courier, words)}>
            <table class="stops-table">
              <thead>
                <tr>
                  <th scope="col">{say('plan_stop')}</th>
                  <th scope="col">{say('plan_who')}</th>
                  <th scope="col">{say('plan_time')}</th>
                  <th scope="col">{say('plan_ride')}</th>
                  <th scope="col">{say('plan_window')}</th>
                  <th scope="col">{say('plan_portions')}</th>
                  <th scope="col">{say('plan_flags')}</th>
                  {edit && <th scope="col">{say('plan_do')}</th>}
                </tr>
              </thead>
              {duty.trips.map((trip) => (
                <TripRows key={trip.number} {...{ trip, duty, chosen, words, choose, edit }} />
              ))}
            </table>
          </div>
        </>
      )}
    </div>
  );
}

type OfTrip = Omit<Properties, 'duties'> & { trip: ShownTrip; duty: ShownDuty };

function TripRows({ trip, duty, chosen, words, choose, edit }: OfTrip) {
  const { say, zone } = words;
  const here = { courier: duty.courier, trip: trip.number };
  return (
    <tbody>
      <tr class="trip-row" {...(edit ? target((order) => edit.drop(order, { ...here, place: null })) : {})}>
        <th scope="rowgroup" colSpan={7}>
          {say('plan_trip', { trip: trip.number })}{' '}
          <span class="note">
            {say('plan_trip_line', {
              loads: clock(trip.loads_at, zone), departs: clock(trip.departs_at, zone),
              returns: clock(trip.returns_at, zone), portions: trip.portions,
            }) /* prettier-ignore */}
          </span>
        </th>
        {edit && (
          <td>
            <button
              type="button"
              class="quiet"
              aria-label={say('plan_give_trip_of', { courier: courierName(duty.courier, words), trip: trip.number })}
              onClick={() => edit.trip(duty.courier, trip.number)}
            >
              {say('plan_give_trip')}
            </button>
          </td>
        )}
      </tr>
      {trip.stops.map((stop) => (
        <StopRow
          key={stop.order}
          {...{ stop, words, choose, edit }}
          chosen={chosen.order === stop.order}
          on={{ ...here, place: stop.number }}
        />
      ))}
    </tbody>
  );
}

interface OfStop extends DutyDeeds {
  stop: ShownStop;
  words: Words;
  chosen: boolean;
  on: { courier: string; trip: number; place: number };
}

function StopRow({ stop, words, chosen, choose, edit, on }: OfStop) {
  const { say, zone } = words;
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const movable = edit && stop.done === null;
  return (
    <tr
      ref={row}
      class={[chosen ? 'chosen' : '', stop.change ? 'changed' : ''].join(' ')}
      draggable={movable ? true : undefined}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, String(stop.order))}
      {...(edit ? target((order) => edit.drop(order, on)) : {})}
    >
      <td class="number">{stop.number}</td>
      <td>
        <button
          type="button"
          class="as-link"
          aria-pressed={chosen}
          onClick={() => choose({ courier: stop.courier, order: chosen ? null : stop.order })}
        >
          {nameOf(stop, words)}
        </button>{' '}
        <span class="note">{stop.elder ? `${stop.elder.code} · ` : ''}#{stop.order}</span>
      </td>
      <td class="number">{clock(stop.arrives_at, zone)}</td>
      <td class="number">{say('plan_minutes', { count: minutes(stop.ride_seconds) })}</td>
      <td class="number">{stop.window && `${stop.window.from}–${stop.window.to}`}</td>
      <td class="number">{stop.portions}</td>
      <td>
        {!stop.inside_circle && <em class="flag outside">{say('plan_outside')}</em>}
        {stop.locked && <em class="flag">{say('plan_locked')}</em>}
        {stop.change && <em class="flag changed">{changeText(stop.change, words)}</em>}
        {stop.done && <em class={`flag ${stop.done}`}>{say(`plan_${stop.done}`)}</em>}
      </td>
      {edit && (
        <td>
          {movable && (
            <button
              type="button"
              class="quiet"
              aria-label={say('plan_change_stop_of', { who: nameOf(stop, words) })}
              onClick={() => edit.stop(stop)}
            >
              {say('plan_change_stop')}
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

const DRAGGED = 'application/x-mealsvc-order';

/** Return what makes a row take a stop that is dropped on it. */
function target(drop: (order: number) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer?.types.includes(DRAGGED)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const order = Number(event.dataTransfer?.getData(DRAGGED));
      if (!order) return;
      event.preventDefault();
      drop(order);
    },
  };
}
