// A stop with a result: take it back, change it, add a photo; where the meal went.
import { useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { type Result, SERVED, type SeenStop } from '../progress.ts';
import { clockTime } from '../words.ts';
import { Fates } from './Fates.tsx';
import { PhotoField } from './PhotoField.tsx';

interface Properties {
  stop: SeenStop;
  result: Result;
  actions: Actions;
  onChange: () => void;
}

export function SettledStop({ stop, result, actions, onChange }: Properties) {
  const { say, zone } = actions;
  const { uid } = result;
  return (
    <div class="result">
      <p>
        ✓ <strong>{say(result.outcome)}</strong> {result.at && clockTime(result.at, zone)}{' '}
        {result.waiting && <em class="mark">{say('not_sent_yet')}</em>}
      </p>
      <div class="pair">
        <button type="button" class="quiet" onClick={onChange}>{say('change')}</button>
        {uid && (
          <button type="button" class="quiet" onClick={() => void actions.retract(uid)}>{say('undo')}</button>
        )}
      </div>
      {!SERVED.has(result.outcome) && <Fates stop={stop} actions={actions} />}
      <LatePhoto stop={stop} actions={actions} />
    </div>
  );
}

function LatePhoto({ stop, actions }: { stop: SeenStop; actions: Actions }) {
  const { say } = actions;
  const [photo, setPhoto] = useState<ArrayBuffer | null>(null);
  const [round, setRound] = useState(0);
  const save = (taken: ArrayBuffer) => {
    setPhoto(null);
    setRound(round + 1); // an empty field for the next one
    void actions.report({ kind: 'photo', order: stop.order }, taken);
  };
  return (
    <details>
      <summary>{say('add_photo')}</summary>
      <PhotoField key={round} actions={actions} onPhoto={setPhoto} />
      {photo && (
        <button type="button" onClick={() => save(photo)}>{say('send_photo')}</button>
      )}
    </details>
  );
}
