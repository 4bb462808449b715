// What was done about a case, as far as the reader may know it.
import type { Case, Finding, StepTaken } from '../../service/delivery.ts';
import { hashOf } from '../address.ts';
import type { Say } from '../texts.ts';
import { clockText } from '../parts/times.ts';

/** Findings after which the file must say that no meals are due. */
const FOR_THE_FILE: ReadonlySet<Finding> = new Set(['in_hospital', 'died']);

interface Properties {
  say: Say;
  zone: string;
  one: Case;
}

export function CaseHistory({ say, zone, one }: Properties) {
  return (
    <ol class="history" aria-label={say('history')}>
      {one.steps.map((taken) => (
        <li key={taken.uid}>
          {say(`step_${taken.step}`)} · {takenText(taken, zone, say)}
          {taken.note !== null && <q>{taken.note}</q>}
        </li>
      ))}
      {one.met_at !== null && <li>{say('case_met_at', { at: clockText(one.met_at, zone) })}</li>}
      {one.closing !== null && (
        <li>
          {say('closed_as', {
            at: clockText(one.closing.at, zone), by: one.closing.by, finding: say(`finding_${one.closing.finding}`),
          })}
          {one.closing.note !== null && <q>{one.closing.note}</q>} <ThenTheFile say={say} one={one} />
        </li>
      )}
    </ol>
  );
}

/** When a step was taken, by whom, with what result; nobody is named before the service knows of it. */
export function takenText(taken: StepTaken, zone: string, say: Say): string {
  const values = { at: clockText(taken.at, zone), by: taken.by, result: say(`result_${taken.result}`) };
  return say(taken.by === '' ? 'step_unsent' : 'step_done', values);
}

function ThenTheFile({ say, one }: Pick<Properties, 'say' | 'one'>) {
  const { elder } = one.door;
  if (elder === null || one.closing === null || !FOR_THE_FILE.has(one.closing.finding)) return null;
  return (
    <>
      {say('finding_then')}{' '}
      <a href={hashOf({ view: 'roster', service: null, rest: ['elders', elder.code] })}>
        {say('finding_file', { name: elder.name })}
      </a>
    </>
  );
}
