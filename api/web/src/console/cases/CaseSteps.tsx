// The steps of the protocol in their order, each recorded with its result by one press.
import { useState } from 'preact/hooks';

import { newId } from '../../phone/ids.ts';
import { RESULTS, type Result, type Step, STEPS } from '../../service/delivery.ts';
import type { Entering } from '../entering/hooks.ts';
import type { CaseProperties } from './caseProperties.ts';
import { takenText } from './CaseHistory.tsx';
import { stepEntry } from './entries.ts';

type Properties = CaseProperties & { entering: Entering };

export function CaseSteps(properties: Properties) {
  const { say, zone, one, now, service, entering, again } = properties;
  const [note, setNote] = useState('');
  const record = async (step: Step, result: Result) => {
    if (await entering.enter(stepEntry(service, newId(), one, step, result, note, now))) {
      setNote('');
      again();
    }
  };
  const others = STEPS.filter((step) => step !== one.next_step);
  return (
    <>
      <ol class="steps">
        {STEPS.map((step) => (
          <li key={step} aria-current={step === one.next_step ? 'step' : undefined}>
            <strong>{say(`step_${step}`)}</strong>
            {one.steps
              .filter((taken) => taken.step === step)
              .map((taken) => (
                <span key={taken.uid} class="taken">
                  ✓ {takenText(taken, zone, say)}
                  {taken.note !== null && <q>{taken.note}</q>}
                </span>
              ))}
            {step === one.next_step && <Results {...properties} step={step} record={record} />}
          </li>
        ))}
      </ol>
      <details class="other-steps">
        <summary>{say('step_other')}</summary>
        <label>
          {say('step_note')}
          <input value={note} maxLength={500} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        {others.map((step) => (
          <p key={step}>
            {say(`step_${step}`)} <Results {...properties} step={step} record={record} quiet />
          </p>
        ))}
      </details>
    </>
  );
}

interface ResultsProperties extends Properties {
  step: Step;
  record: (step: Step, result: Result) => Promise<void>;
  quiet?: boolean;
}

function Results({ say, entering, step, record, quiet }: ResultsProperties) {
  return (
    <span class="results">
      {RESULTS.map((result) => (
        <button
          key={result}
          type="button"
          class={quiet ? 'quiet' : undefined}
          disabled={entering.busy}
          aria-label={say('step_record', { step: say(`step_${step}`), result: say(`result_${result}`) })}
          onClick={(event) => {
            event.currentTarget.closest('article')?.focus(); // the button goes, the case stays
            void record(step, result);
          }}
        >
          {say(`result_${result}`)}
        </button>
      ))}
    </span>
  );
}
