// What came of a stop: one tap for a meal that found its way, a short form for everything else.
import { useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import type { SeenStop } from '../progress.ts';
import type { Outcome } from '../types.ts';
import { Guarded } from './Guarded.tsx';
import { PhotoField } from './PhotoField.tsx';

interface Properties {
  stop: SeenStop;
  actions: Actions;
  /** The report that a new one replaces. */
  about: string | null;
  onDone: () => void;
}

const WITH_WORDS: readonly Outcome[] = ['nobody_home', 'refused', 'wrong_address', 'unsafe', 'other'];

export function Outcomes({ stop, actions, about, onDone }: Properties) {
  const { say } = actions;
  const [picked, pick] = useState<Outcome | null>(null);
  const record = async (outcome: Outcome, note: string, photo: ArrayBuffer | null) => {
    const { order } = stop;
    pick(null);
    await actions.report({
      kind: 'outcome', order, outcome,
      ...(about ? { about } : {}),
      ...(note ? { note } : {}),
    }); // prettier-ignore
    if (photo) await actions.report({ kind: 'photo', order }, photo);
    actions.choose(null);
    onDone();
  };
  if (picked !== null) {
    return (
      <OutcomeForm
        outcome={picked}
        actions={actions}
        onRecord={(note, photo) => void record(picked, note, photo)}
        onCancel={() => pick(null)}
      />
    );
  }
  return (
    <div class="outcomes">
      <Guarded class="big good" onPress={() => void record('handed_over', '', null)}>
        {say('handed_over')}
      </Guarded>
      <Guarded class="wide-button" onPress={() => void record('left_as_agreed', '', null)}>
        {say('left_as_agreed')}
      </Guarded>
      {WITH_WORDS.map((outcome) => (
        <button type="button" class="quiet" key={outcome} onClick={() => pick(outcome)}>
          {say(outcome)}
        </button>
      ))}
    </div>
  );
}

interface FormProperties {
  outcome: Outcome;
  actions: Actions;
  onRecord: (note: string, photo: ArrayBuffer | null) => void;
  onCancel: () => void;
}

function OutcomeForm({ outcome, actions, onRecord, onCancel }: FormProperties) {
  const { say } = actions;
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<ArrayBuffer | null>(null);
  const needed = outcome === 'other';
  const submit = (event: Event) => {
    event.preventDefault();
    onRecord(note.trim(), photo);
  };
  return (
    <form class="form" onSubmit={submit} aria-labelledby="outcome">
      <h3 id="outcome">{say(outcome)}</h3>
      <label for="note">{say(needed ? 'note_needed' : 'note_optional')}</label>
      <textarea id="note" rows={2} maxLength={500} required={needed} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      <PhotoField actions={actions} onPhoto={setPhoto} />
      <div class="pair">
        <button type="submit" class="big">{say('record', { outcome: say(outcome) })}</button>
        <button type="button" class="quiet" onClick={onCancel}>{say('cancel')}</button>
      </div>
    </form>
  );
}
