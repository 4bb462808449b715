// Closing a case: it needs a finding, and words where the finding is none of those listed.
import { useState } from 'preact/hooks';

import { newId } from '../../phone/ids.ts';
import { type Finding, FINDINGS } from '../../service/delivery.ts';
import type { Entering } from '../entering/hooks.ts';
import type { Key } from '../texts.ts';
import type { CaseProperties } from './caseProperties.ts';
import { closingEntry } from './entries.ts';
import { focusTitle } from './focus.ts';

type Properties = CaseProperties & {
  entering: Entering;
  /** Whether the closing waits to be sent. */
  closing: boolean;
};

export function CaseClosing(properties: Properties) {
  const { say, one, now, service, entering, closing, again } = properties;
  const [finding, setFinding] = useState<Finding | null>(null);
  const [note, setNote] = useState('');
  const [lacking, setLacking] = useState<Key | null>(null);
  const choose = (chosen: Finding) => {
    setFinding(chosen);
    setLacking(null);
  };
  const close = async (event: Event) => {
    event.preventDefault();
    const lacks = lackingOf(finding, note);
    setLacking(lacks);
    if (lacks !== null || finding === null) return;
    if (await entering.enter(closingEntry(service, newId(), one, finding, note, now))) {
      again();
      focusTitle('cases-title');
    }
  };
  const name = `finding-${one.door.order}`;
  return (
    <details class="closing" open={one.next_step === null}>
      <summary>{say('case_close')}</summary>
      <Why {...properties} />
      <form onSubmit={(event) => void close(event)}>
        <fieldset>
          <legend>{say('finding')}</legend>
          {FINDINGS.map((one) => (
            <label key={one}>
              <input type="radio" name={name} checked={finding === one} onChange={() => choose(one)} />
              {say(`finding_${one}`)}
            </label>
          ))}
        </fieldset>
        <label>
          {say(finding === 'other' ? 'finding_note_needed' : 'finding_note')}
          <input
            value={note}
            maxLength={500}
            aria-required={finding === 'other'}
            onInput={(event) => {
              setNote(event.currentTarget.value);
              setLacking(null);
            }}
          />
        </label>
        <div role="alert">{lacking !== null && <p class="alert">{say(lacking)}</p>}</div>
        <button type="submit" disabled={closing || entering.busy}>
          {say('case_close')}
        </button>
      </form>
    </details>
  );
}

/** Why nothing but closing is left, where that is so. */
function Why({ say, one }: Properties) {
  if (one.next_step !== null || one.withdrawn || one.met_at !== null) return null;
  const reached = one.steps.some((taken) => taken.result === 'reached');
  return <p class="note">{say(reached ? 'case_only_close' : 'case_all_tried')}</p>;
}

function lackingOf(finding: Finding | null, note: string): Key | null {
  if (finding === null) return 'finding_needed';
  return finding === 'other' && note.trim() === '' ? 'finding_note_needed' : null;
}
