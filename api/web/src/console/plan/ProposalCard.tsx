// A proposal: because of what, what changes in words, cost, rules; accept, reject, or ask again.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { hashOf, type Place } from '../address.ts';
import { stamp } from '../parts/times.ts';
import { Rules, Told } from './Price.tsx';
import type { ShownDuty } from './reading.ts';
import { acceptable } from './ruling.ts';
import type { Proposal } from './types.ts';
import { amount, askedText, signed, type Words } from './words.ts';

interface Properties {
  proposal: Proposal;
  duties: readonly ShownDuty[];
  words: Words;
  place: Place;
  /** Why a decision was not taken, or may not have been; the way out is to ask again. */
  problem: string | null;
  busy: boolean;
  accept: (despite: boolean) => void;
  reject: () => void;
  /** null where the question cannot be told again. */
  askAgain: (() => void) | null;
  close: () => void;
}

export function ProposalCard(properties: Properties) {
  const { proposal, duties, words, place, problem, busy, accept, reject, askAgain, close } = properties;
  const { say, zone, day } = words;
  const [despite, setDespite] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [proposal.id]);
  const open = proposal.state === 'open';
  const outdated = proposal.state === 'outdated';
  return (
    <section class="card proposal" aria-labelledby="plan-proposal">
      <h3 id="plan-proposal" ref={title} tabIndex={-1}>
        {say('plan_proposal', { id: proposal.id })}{' '}
        <span class={`state ${proposal.state}`}>{say(`plan_${proposal.state}`)}</span>
      </h3>
      <p class="note">
        {say('plan_proposal_by', { by: proposal.made_by, at: stamp(proposal.made_at, zone, day) })}
        {proposal.decided_at !== null &&
          ` · ${say('plan_decided_by', { by: proposal.decided_by ?? '', at: stamp(proposal.decided_at, zone, day) })}`}
      </p>
      <h4>{say('plan_asked')}</h4>
      <ul>
        {[...proposal.changes, ...proposal.moves].map((asked, at) => (
          <li key={at}>{askedText(asked, duties, words)}</li>
        ))}
      </ul>
      <h4>{say('plan_what_changes')}</h4>
      <Told proposal={proposal} words={words} />
      <p class="note">{say('plan_legend')}</p>
      <Cost proposal={proposal} words={words} />
      <Rules rules={proposal.rules} {...{ words, despite, setDespite }} />
      {proposal.others.length > 0 && open && (
        <div role="note" class="others">
          {say('plan_others')}
          <ul>
            {proposal.others.map((other) => (
              <li key={other.id}>
                <a href={hashOf({ ...place, rest: ['proposal', String(other.id)] })}>
                  {say('plan_proposal', { id: other.id })}
                </a>{' '}
                · {say('plan_proposal_by', { by: other.made_by, at: stamp(other.made_at, zone, day) })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div aria-live="assertive">
        {outdated && <p class="alert">{say('plan_outdated_text')}</p>}
        {problem !== null && (open || outdated) && <p class="alert">{problem}</p>}
        {busy && <p class="note">{say('plan_pricing')}</p>}
      </div>
      <div class="actions">
        {open && (
          <button type="button" disabled={busy || !acceptable(proposal.rules, despite)} onClick={() => accept(despite)}>
            {say('plan_accept')}
          </button>
        )}
        {(outdated || (open && problem !== null)) && askAgain !== null && (
          <button type="button" disabled={busy} onClick={askAgain}>
            {say('plan_ask_again')}
          </button>
        )}
        {(open || outdated) && (
          <button type="button" class="quiet" disabled={busy} onClick={reject}>
            {say('plan_reject')}
          </button>
        )}
        <button type="button" class="quiet" onClick={close}>
          {say('plan_back')}
        </button>
      </div>
    </section>
  );
}

function Cost({ proposal, words: { say } }: { proposal: Proposal; words: Words }) {
  const { cost_before, cost, cost_unrepaired } = proposal;
  return (
    <dl class="figures" aria-label={say('plan_cost')}>
      <div>
        <dt>{say('plan_cost_before')}</dt>
        <dd>{amount(cost_before)}</dd>
      </div>
      <div>
        <dt>{say('plan_cost_after')}</dt>
        <dd>
          {amount(cost)} <small>({signed(cost - cost_before)})</small>
        </dd>
      </div>
      {cost_unrepaired !== null && (
        <div>
          <dt>{say('plan_cost_undone')}</dt>
          <dd>{amount(cost_unrepaired)}</dd>
        </div>
      )}
    </dl>
  );
}
