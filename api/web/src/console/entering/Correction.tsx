// Correcting one outcome later, or taking it back; what was reported stays in the record.
import { useState } from 'preact/hooks';

import { deliveryOf } from '../cases/entries.ts';
import { newId } from '../../phone/ids.ts';
import { type Outcome, OUTCOMES, type StopDay } from '../../service/delivery.ts';
import type { Key } from '../texts.ts';
import { clockText } from '../parts/times.ts';
import { momentOf, timeOf } from './times.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { useEntering } from './hooks.ts';

interface Properties extends ViewProperties {
  service: Listed;
  stop: StopDay;
  name: string;
  again: () => void;
  done: () => void;
}

export function Correction({ say, zone, outbox, service, stop, name, again, done }: Properties) {
  const order = stop.door.order;
  const [outcome, setOutcome] = useState<Outcome>(stop.outcome ?? 'handed_over');
  const [time, setTime] = useState(stop.at !== null && stop.time_known ? clockText(stop.at, zone) : '');
  const [note, setNote] = useState(stop.note ?? '');
  const [asking, setAsking] = useState(false);
  const [lacking, setLacking] = useState<Key | null>(null);
  const { waiting, problem, enter } = useEntering(outbox, `correction/${order}`);
  const send = async (report: object) => {
    const id = newId();
    const body = { reports: [{ id, ...report }] };
    const what = { key: 'sent_correction', values: { order } } as const;
    if (!(await enter({ id, path: `${deliveryOf(service)}/reports`, body, what }))) return;
    again();
    done();
  };
  const save = () => {
    const at = timeOf(time);
    const lacks = time.trim() !== '' && at === null ? 'sheet_bad_time'
      : outcome === 'other' && note.trim() === '' ? 'sheet_needs_note' : null; // prettier-ignore
    setLacking(lacks);
    if (lacks !== null) return;
    void send({
      kind: 'outcome', order, outcome, about: stop.outcome_uid, note: note.trim() || null,
      at: at === null ? null : momentOf(service.day, at, zone),
    });
  };
  return (
    <div class="correction" role="group" aria-label={say('correct_title', { name })}>
      <label>
        {say('correct_outcome')}
        <select value={outcome} onChange={(event) => setOutcome(event.currentTarget.value as Outcome)}>
          {OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {say(`outcome_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('correct_time')}
        <input class="time" inputMode="numeric" value={time} onInput={(event) => setTime(event.currentTarget.value)} />
      </label>
      <label>
        {say('sheet_note')}
        <input value={note} maxLength={500} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <div class="actions">
        <button type="button" disabled={waiting} onClick={save}>
          {say('correct_save')}
        </button>
        <button
          type="button"
          class="quiet"
          disabled={waiting}
          onClick={() => (asking ? void send({ kind: 'retracted', about: stop.outcome_uid }) : setAsking(true))}
        >
          {say(asking ? 'correct_retract_sure' : 'correct_retract')}
        </button>
        <button type="button" class="quiet" onClick={done}>
          {say('cancel')}
        </button>
      </div>
      <div role="alert">
        {lacking !== null && <p class="alert">{say(lacking)}</p>}
        {problem !== null && <p class="alert">{problem}</p>}
      </div>
    </div>
  );
}
