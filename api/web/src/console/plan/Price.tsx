// What a proposal or moves by hand cost, and which rules they break, in words.
import { rulingOf } from './ruling.ts';
import type { Proposal, RuleBroken } from './types.ts';
import { amount, partText, signed, toldOf, type Words } from './words.ts';

export function Price({ priced, words }: { priced: Proposal; words: Words }) {
  const { say } = words;
  const more = priced.cost - priced.cost_before;
  return (
    <>
      <p class="price">
        <strong>{Math.round(more) === 0 ? say('plan_price_none') : say('plan_price', { cost: signed(more) })}</strong>{' '}
        <span class="note">
          {amount(priced.cost_before)} → {amount(priced.cost)}
        </span>
      </p>
      {priced.parts.length > 0 && (
        <ul class="parts">
          {priced.parts.map((part) => (
            <li key={part.part}>{partText(part, words)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

interface OfRules {
  rules: readonly RuleBroken[];
  words: Words;
  despite: boolean;
  setDespite: (despite: boolean) => void;
}

/** Rules that moves break, to be agreed to where people may, and those that the day itself broke. */
export function Rules({ rules, words: { say }, despite, setDespite }: OfRules) {
  const { agreeable, never, given } = rulingOf(rules);
  return (
    <>
      {agreeable.length + never.length === 0 && <p class="well">{say('plan_no_rules')}</p>}
      {never.length > 0 && (
        <div class="alert never">
          <strong>{say('plan_rules_never')}</strong>
          <Sentences rules={never} />
          {say('plan_never')}
        </div>
      )}
      {agreeable.length > 0 && (
        <div class="alert">
          <strong>{say('plan_rules')}</strong>
          <Sentences rules={agreeable} />
          {never.length === 0 && (
            <label class="tick">
              <input type="checkbox" checked={despite} onChange={(event) => setDespite(event.currentTarget.checked)} />
              {say('plan_despite')}
            </label>
          )}
        </div>
      )}
      {given.length > 0 && (
        <div class="note">
          {say('plan_rules_day')}
          <Sentences rules={given} />
        </div>
      )}
    </>
  );
}

function Sentences({ rules }: { rules: readonly RuleBroken[] }) {
  return (
    <ul>
      {rules.map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

interface OfTold {
  proposal: Pick<Proposal, 'text' | 'rules'>;
  words: Words;
}

/** What changes, in the service's sentences; a long list scrolls, by keyboard too. */
export function Told({ proposal, words }: OfTold) {
  return (
    <div class="told" tabIndex={0} role="region" aria-label={words.say('plan_what_changes')}>
      <ul>
        {toldOf(proposal).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
