// One courier's sheet, line by line as it is printed; kept in the browser at every key.
import { useEffect, useRef, useState } from 'preact/hooks';

import { newId } from '../../phone/ids.ts';
import { type Duty, OUTCOMES, type StopDay } from '../../service/delivery.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { keptDraft, nameOfDraft } from './drafts.ts';
import { useEntering } from './hooks.ts';
import { focusField, sheetKeys } from './keys.ts';
import {
  allHandedOver, type Draft, emptyDraft, type Mistake, mistakesOf, sheetEntry, stopsOf, ticked,
} from './sheet.ts'; // prettier-ignore
import { SheetTrip } from './SheetTrip.tsx';

interface Properties extends ViewProperties {
  service: Listed;
  duty: Duty;
  revision: number;
  /** What is known of each stop already, by order. */
  known: ReadonlyMap<number, StopDay>;
  /** Read again what is known. */
  again: () => void;
  /** The sheet is kept, with so many lines. */
  saved: (lines: number) => void;
}

export function SheetForm(properties: Properties) {
  const { say, zone, outbox, service, duty, revision, known, again, saved } = properties;
  const name = nameOfDraft(service, duty.courier, revision);
  const [resumed] = useState(() => keptDraft(outbox.shelf, name));
  const [draft, setDraft] = useState(() => resumed ?? emptyDraft(revision));
  const [mistakes, setMistakes] = useState<Mistake[]>([]);
  const { waiting, problem, enter } = useEntering(outbox, `sheet/${name}`);
  const form = useRef<HTMLFormElement>(null);
  const [clearing, setClearing] = useState(false);
  const change = (next: Draft) => {
    setClearing(false);
    outbox.shelf.write(name, next);
    setDraft(next);
    setMistakes([]);
  };
  const sending = useRef(waiting);
  useEffect(() => {
    // Once it is kept its draft is gone from the shelf, whichever page of this browser sent it.
    const kept = keptDraft(outbox.shelf, name) === null;
    if (sending.current && !waiting && kept) {
      again();
      saved(ticked(draft, duty));
    } else if (sending.current && !waiting) focusField(form.current, 'save');
    sending.current = waiting;
  }, [waiting]);
  const keys = sheetKeys(form, duty, draft, change);
  const save = () => {
    const found = mistakesOf(draft, duty);
    setMistakes(found);
    if (found[0] !== undefined) focusField(form.current, found[0].field);
    if (found.length > 0) return;
    void enter(sheetEntry(service, zone, duty, draft, newId(), name));
  };
  const clear = () => {
    setClearing(false);
    outbox.shelf.remove(name);
    setDraft(emptyDraft(revision));
    setMistakes([]);
    focusField(form.current, 'all');
  };
  const [stops, done] = [stopsOf(duty).length, ticked(draft, duty)];
  return (
    <form
      ref={form}
      class="sheet"
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {resumed !== null && !waiting && <p class="note">{say('sheet_resumed')}</p>}
      <fieldset disabled={waiting}>
        <div class="actions">
          <button type="button" data-field="all" onClick={() => change(allHandedOver(draft, duty, known))}>
            {say('sheet_all')}
          </button>
          <span class="note">{say('sheet_keys')}</span>
          <button type="button" class="quiet" onClick={() => (clearing ? clear() : setClearing(true))}>
            {say(clearing ? 'sheet_start_over_sure' : 'sheet_start_over')}
          </button>
        </div>
        <p class="digits note">
          {OUTCOMES.map((outcome, at) => (
            <span key={outcome}>{say('sheet_digit', { digit: at + 1, outcome: say(`outcome_${outcome}`) })}</span>
          ))}
        </p>
        {duty.trips.map((trip) => (
          <SheetTrip key={trip.number} {...properties} {...{ trip, draft, change, mistakes }} />
        ))}
        <div class="actions">
          <button type="submit" data-field="save">
            {say('sheet_save', { ticked: done, stops })}
          </button>
          {done < stops && <span class="note">{say('sheet_blank_left', { count: stops - done })}</span>}
        </div>
      </fieldset>
      <div role="status">{waiting && <p class="note">{say('sheet_sending')}</p>}</div>
      <div role="alert">
        {[...new Set(mistakes.map((one) => one.what))].map((what) => (
          <p key={what} class="alert">
            {say(what)}
          </p>
        ))}
        {problem !== null && <p class="alert">{problem}</p>}
      </div>
    </form>
  );
}
