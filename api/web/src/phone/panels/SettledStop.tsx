// A stop with a result: take it back, change it, add a photo; where the meal went; whom to call when
// nobody opened.
import { useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { type Result, SERVED, type SeenStop } from '../progress.ts';
import type { Key } from '../texts.ts';
import type { Duty, Fate, Step, StepResult } from '../types.ts';
import { clockTime } from '../words.ts';
import { PhotoField } from './PhotoField.tsx';

interface Properties {
  stop: SeenStop;
  result: Result;
  duty: Duty;
  actions: Actions;
  onChange: () => void;
}

const FATES: readonly Fate[] = ['returned', 'given', 'discarded'];
const STEPS: readonly Step[] = ['call_elder', 'call_contact', 'tell_office'];
const RESULTS: readonly StepResult[] = ['reached', 'not_reached', 'impossible'];

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
      {result.outcome === 'nobody_home' && <Protocol stop={stop} actions={actions} />}
      {!SERVED.has(result.outcome) && <Fates stop={stop} actions={actions} />}
      <LatePhoto stop={stop} actions={actions} />
    </div>
  );
}

/** Nobody opened: each call and what came of it. */
function Protocol({ stop, actions }: { stop: SeenStop; actions: Actions }) {
  const { say } = actions;
  return (
    <fieldset>
      <legend>{say('protocol')}</legend>
      {STEPS.map((step) => {
        const done = stop.steps.filter((one) => one.step === step).at(-1);
        return (
          <div key={step} role="group" aria-label={say(step)}>
            <p>{say(step)}</p>
            <div class="choices">
              {RESULTS.map((result) => (
                <button
                  key={result}
                  type="button"
                  class="quiet"
                  aria-pressed={done?.result === result}
                  onClick={() => void actions.report({ kind: 'step', order: stop.order, step, result })}
                >
                  {say(result)}
                </button>
              ))}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}

function Fates({ stop, actions }: { stop: SeenStop; actions: Actions }) {
  const { say } = actions;
  return (
    <fieldset>
      <legend>{say('where_meal')}</legend>
      <div class="choices">
        {FATES.map((fate) => (
          <button
            key={fate}
            type="button"
            class="quiet"
            aria-pressed={(stop.fates[fate] ?? 0) > 0}
            onClick={() =>
              void actions.report({
                kind: 'accounted',
                order: stop.order,
                fates: { [fate]: stop.portions },
              })
            }
          >
            {say(`fate_${fate}` as Key)}
          </button>
        ))}
      </div>
    </fieldset>
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
