// The menus by which a stop or a trip is moved without a mouse, and an order locked.
import { useState } from 'preact/hooks';

import { Dialog } from './Dialog.tsx';
import { type Move, placesOn } from './moves.ts';
import type { Carrier, ShownDuty, ShownStop } from './reading.ts';
import { clock, courierName, nameOf, type Words } from './words.ts';

interface OfStop {
  /** A stop, or an order that nobody brings. */
  stop: Pick<ShownStop, 'order' | 'elder' | 'meal_point'> & Partial<Pick<ShownStop, 'courier' | 'trip' | 'locked'>>;
  duties: readonly ShownDuty[];
  words: Words;
  move: (move: Move) => void;
  lock: (order: number, lock: boolean) => void;
  close: () => void;
}

export function StopDialog({ stop, duties, words, move, lock, close }: OfStop) {
  const { say, zone } = words;
  const [courier, setCourier] = useState(stop.courier ?? words.carriers[0]?.courier ?? '');
  const [trip, setTrip] = useState<number | null>(stop.trip ?? null);
  const [place, setPlace] = useState<number | null>(null);
  const [departs, setDeparts] = useState('');
  const trips = duties.find((duty) => duty.courier === courier)?.trips ?? [];
  const places = trip === null ? 0 : placesOn(duties, courier, trip, stop.order);
  const planned = stop.courier !== undefined;
  const send = (event: Event) => {
    event.preventDefault();
    move({ kind: 'stop_moved', order: stop.order, courier, trip, place, departs: trip === null && departs ? departs : null });
  };
  return (
    <Dialog title={say('plan_change_stop_of', { who: nameOf(stop, words) })} onClose={close}>
      <form onSubmit={send}>
        <CourierSelect
          words={words}
          carriers={words.carriers}
          value={courier}
          choose={(code) => {
            setCourier(code);
            setTrip(null);
            setPlace(null);
          }}
        />
        <label>
          {say('plan_to_trip')}
          <select
            value={trip ?? ''}
            onChange={(event) => {
              setTrip(event.currentTarget.value === '' ? null : Number(event.currentTarget.value));
              setPlace(null);
            }}
          >
            <option value="">{say('plan_new_trip')}</option>
            {trips.map((one) => (
              <option key={one.number} value={one.number}>
                {say('plan_trip', { trip: one.number })} · {clock(one.departs_at, zone)}–{clock(one.returns_at, zone)}
              </option>
            ))}
          </select>
        </label>
        {trip === null ? (
          <Departs {...{ departs, setDeparts, words }} />
        ) : (
          <label>
            {say('plan_to_place')}
            <select
              value={place ?? ''}
              onChange={(event) => setPlace(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
            >
              <option value="">{say('plan_best_place')}</option>
              {Array.from({ length: places }, (_, index) => (
                <option key={index} value={index + 1}>
                  {say('plan_place', { place: index + 1 })}
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="actions">
          <button type="submit">{say('plan_move')}</button>
          {planned && (
            <>
              <button type="button" class="quiet" onClick={() => lock(stop.order, !stop.locked)}>
                {say(stop.locked ? 'plan_unlock' : 'plan_lock')}
              </button>
              <button type="button" class="quiet" onClick={() => move({ kind: 'stop_taken_out', order: stop.order })}>
                {say('plan_take_out')}
              </button>
            </>
          )}
          <button type="button" class="quiet" onClick={close}>
            {say('plan_close')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface OfTrip {
  courier: string;
  trip: number;
  words: Words;
  move: (move: Move) => void;
  close: () => void;
}

export function TripDialog({ courier, trip, words, move, close }: OfTrip) {
  const { say } = words;
  const others = words.carriers.filter((one) => one.courier !== courier);
  const [to, setTo] = useState(others[0]?.courier ?? '');
  const [departs, setDeparts] = useState('');
  const title = say('plan_give_trip_of', { courier: courierName(courier, words), trip });
  const send = (event: Event) => {
    event.preventDefault();
    move({ kind: 'trip_moved', courier, trip, to, departs: departs || null });
  };
  return (
    <Dialog title={title} onClose={close}>
      <form onSubmit={send}>
        <CourierSelect carriers={others} words={words} value={to} choose={setTo} />
        <Departs {...{ departs, setDeparts, words }} />
        <div class="actions">
          <button type="submit" disabled={to === ''}>
            {say('plan_move')}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {say('plan_close')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface OfCourier {
  carriers: readonly Carrier[];
  words: Words;
  value: string;
  choose: (code: string) => void;
}

function CourierSelect({ carriers, words, value, choose }: OfCourier) {
  return (
    <label>
      {words.say('plan_to_courier')}
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {carriers.map((one) => (
          <option key={one.courier} value={one.courier}>
            {courierName(one.courier, words)} · {one.canteen}
          </option>
        ))}
      </select>
    </label>
  );
}

interface OfDeparture {
  departs: string;
  setDeparts: (time: string) => void;
  words: Words;
}

function Departs({ departs, setDeparts, words }: OfDeparture) {
  return (
    <label>
      {words.say('plan_departs')}
      <input type="time" value={departs} onInput={(event) => setDeparts(event.currentTarget.value)} />
    </label>
  );
}
