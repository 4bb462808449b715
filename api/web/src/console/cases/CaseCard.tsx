// One open case: who, how long, what is due, whom to call, the steps and the closing.
import { useEntering, useUnsent } from '../entering/hooks.ts';
import { clockText } from '../parts/times.ts';
import type { CaseProperties } from './caseProperties.ts';
import { CaseClosing } from './CaseClosing.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import { CaseSteps } from './CaseSteps.tsx';
import { readingOf, runningText } from './clock.ts';
import { doorName } from './doors.ts';
import { withPending } from './pending.ts';
import { Phones } from './Phones.tsx';

export function CaseCard(given: CaseProperties) {
  const { say, zone, may, now, outbox } = given;
  const { shown: one, closing } = withPending(given.one, useUnsent(outbox));
  const properties = { ...given, one };
  const entering = useEntering(outbox, `case/${one.door.order}`);
  const reading = now === null ? null : readingOf(one, now);
  const keeps = may.has('change_delivery');
  return (
    <article class={reading?.overdue ? 'card case loud' : 'card case'} aria-label={doorName(one.door, say)} tabIndex={-1}>
      <header>
        <h3>{doorName(one.door, say)}</h3>
        <p class="running">
          {say('case_running')}{' '}
          <strong role="timer">{reading === null ? '–' : runningText(reading.running)}</strong>
        </p>
      </header>
      <Due {...properties} />
      <p class="note">
        {one.door.address !== null && <>{one.door.address} · </>}
        {say('case_shut_at', { at: clockText(one.opened_at, zone), courier: one.courier ?? '–' })}
        {one.tries > 1 && <> · {say('case_tries', { count: one.tries })}</>}
      </p>
      {keeps && <Phones {...properties} />}
      {keeps ? <CaseSteps {...properties} entering={entering} /> : <CaseHistory say={say} zone={zone} one={one} />}
      <div role="status">{entering.waiting && <p class="note">{say('saving')}</p>}</div>
      <div role="alert">{entering.problem !== null && <p class="alert">{entering.problem}</p>}</div>
      {keeps && <CaseClosing {...properties} entering={entering} closing={closing} />}
    </article>
  );
}

/** What is due, in one large line. */
function Due({ say, zone, one, now }: CaseProperties) {
  if (one.withdrawn) return <p class="due">{say('case_withdrawn')}</p>;
  if (one.met_at !== null) return <p class="due">{say('case_met', { at: clockText(one.met_at, zone) })}</p>;
  const reading = now === null ? null : readingOf(one, now);
  const what = say(one.next_step === null ? 'case_close' : `step_${one.next_step}`);
  if (reading === null || reading.left === null) return <p class="due">{what}</p>;
  const time = runningText(reading.left);
  return (
    <p class="due">
      {reading.overdue ? <strong>⚠ {say('case_overdue', { what, time })}</strong> : say('case_left', { what, time })}
    </p>
  );
}
