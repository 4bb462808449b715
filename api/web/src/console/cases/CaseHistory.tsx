// What was done about a case, as far as the reader may know it.
import type { Case } from '../../service/delivery.ts';
import type { Say } from '../texts.ts';
import { clockTime } from '../times.ts';

interface Properties {
  say: Say;
  zone: string;
  one: Case;
}

export function CaseHistory({ say, zone, one }: Properties) {
  return (
    <ol class="history" aria-label={say('history')}>
      <li>{say('case_shut_at', { at: clockTime(one.opened_at, zone), courier: one.courier ?? '–' })}</li>
      {one.steps.map((taken) => (
        <li key={taken.uid}>
          {say(`step_${taken.step}`)} ·{' '}
          {say('step_done', { at: clockTime(taken.at, zone), by: taken.by, result: say(`result_${taken.result}`) })}
          {taken.note !== null && <q>{taken.note}</q>}
        </li>
      ))}
      {one.met_at !== null && <li>{say('case_met_at', { at: clockTime(one.met_at, zone) })}</li>}
      {one.closing !== null && (
        <li>
          {say('closed_as', {
            at: clockTime(one.closing.at, zone), by: one.closing.by, finding: say(`finding_${one.closing.finding}`),
          })}
          {one.closing.note !== null && <q>{one.closing.note}</q>}
        </li>
      )}
    </ol>
  );
}
