// Doors that stayed shut: open cases with their clocks running, closed ones below.
import { useEffect, useState } from 'preact/hooks';

import type { Case } from '../../service/delivery.ts';
import { newsOf } from '../live/watcher.ts';
import { Failure } from '../parts/Failure.tsx';
import { clockText } from '../parts/times.ts';
import { useAsked } from '../parts/useAsked.ts';
import type { ViewProperties } from '../view.ts';
import { CaseCard } from './CaseCard.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import { closedCases, keyOf, openCases, overdueOf } from './clock.ts';
import { doorName } from './doors.ts';
import { deliveryOf, isBroughtOut } from './entries.ts';
import { useServiceNow } from './useServiceNow.ts';

export function CasesPanel(properties: ViewProperties) {
  const { client, say, zone, service, live } = properties;
  const path = isBroughtOut(service, live) ? `${deliveryOf(service)}/cases` : null;
  const asked = useAsked<Case[]>(client, say, path, { news: newsOf(live) });
  const { answer: cases, problem, again } = asked;
  const now = useServiceNow(live);
  if (service === null || path === null) return <p class="note">{say('nothing_published')}</p>;
  const open = openCases(cases ?? []);
  const closed = closedCases(cases ?? []);
  const overdue = now === null ? [] : overdueOf(open, now);
  return (
    <section class="cases" aria-labelledby="cases-title">
      <h2 id="cases-title" tabIndex={-1}>{say('cases')}</h2>
      <Failure say={say} asked={asked} />
      <Announced say={say} cases={open} now={now} />
      {cases === null && problem === null && <p class="note">{say('loading')}</p>}
      {cases !== null && open.length === 0 && <p class="well">{say('cases_none')}</p>}
      {open.length > 0 && (
        <p class="count">
          <strong>{say('cases_open', { count: open.length })}</strong>
          {overdue.length > 0 && <strong class="loud"> {say('cases_overdue', { count: overdue.length })}</strong>}
        </p>
      )}
      {open.map((one) => (
        <CaseCard key={keyOf(one)} {...properties} service={service} one={one} now={now} again={again} />
      ))}
      {closed.length > 0 && (
        <details class="done">
          <summary>{say('cases_closed', { count: closed.length })}</summary>
          {closed.map((one) => (
            <article key={keyOf(one)} class="card">
              <h3>{doorName(one.door, say)}</h3>
              <p class="note">
                {say('case_shut_at', { at: clockText(one.opened_at, zone), courier: one.courier ?? '–' })}
              </p>
              <CaseHistory say={say} zone={zone} one={one} />
            </article>
          ))}
        </details>
      )}
    </section>
  );
}

/** Tells people who do not see the screen of each case that becomes overdue, once. */
function Announced({ say, cases, now }: Pick<ViewProperties, 'say'> & { cases: Case[]; now: number | null }) {
  const [said, setSaid] = useState<string[]>([]);
  const overdue = now === null ? [] : overdueOf(cases, now);
  const names = overdue.map(({ name }) => name).join(' ');
  useEffect(() => {
    setSaid(
      overdue.map(({ about }) =>
        say('case_overdue_said', {
          name: doorName(about.door, say),
          what: say(about.next_step === null ? 'case_close' : `step_${about.next_step}`),
        }),
      ),
    );
  }, [names, say]);
  return (
    <div class="unseen" role="alert">
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
