// What came of a stop: one tap for a meal that found its way, a short form for everything else.
import { useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { useDraft } from '../drafts.ts';
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
  const [chosen, choose] = useDraft(`outcome ${stop.order}`);
  const picked = WITH_WORDS.find((outcome) => outcome === chosen) ?? null;
  const pick = (outcome: Outcome | null) => {
    choose(outcome ?? '');
    // What is being written stays in sight when a new revision has another stop come next.
    if (outcome === null) actions.choose(stop.order);
    else actions.hold(stop.order);
  };
  const record = async (outcome: Outcome, note: string, photo: ArrayBuffer | null) => {
    const { order } = stop;
    choose('');
    await actions.report({
      kind: 'outcome', order, outcome,
      ...(about ? { about } : {}),
      ...(note ? { note } : {}),
    }); // prettier-ignore
    if (photo) await actions.report({ kind: 'photo', order }, photo);
    // A shut door stays until the calls are made or somebody else takes over.
    if (outcome === 'nobody_home') actions.hold(order);
    else actions.choose(null);
    onDone();
  };
  if (picked !== null) {
    return (
      <OutcomeForm
        outcome={picked}
        order={stop.order}
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
  order: number;
  actions: Actions;
  onRecord: (note: string, photo: ArrayBuffer | null) => void;
  onCancel: () => void;
}

function OutcomeForm({ outcome, order, actions, onRecord, onCancel }: FormProperties) {
  const { say } = actions;
  const [note, setNote] = useDraft(`note ${order}`);
  const [photo, setPhoto] = useState<ArrayBuffer | null>(null);
  const needed = outcome === 'other';
  const submit = (event: Event) => {
    event.preventDefault();
    setNote('');
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
