// What waits for an answer, each with the way to where it is answered.
import { hashOf } from '../address.ts';
import { useAsked } from '../parts/useAsked.ts';
import { keyOf, type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import type { Concern, Explanation, Outlook } from './types.ts';
import { answeredAt } from './words.ts';

type Properties = ViewProperties & { service: Listed; outlook: Outlook };

/** People named beside a concern; the others are where it is answered. */
const NAMED = 6;

export function Concerns(properties: Properties) {
  const { say, outlook } = properties;
  return (
    <section aria-labelledby="day-concerns">
      <h2 id="day-concerns">{say('concerns')}</h2>
      {outlook.concerns.length === 0 && <p class="well">{say('no_concerns')}</p>}
      {outlook.concerns.length > 0 && (
        <ul class="concerns">
          {outlook.concerns.map((concern, at) => (
            <li key={at}>
              <Matter {...properties} concern={concern} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Matter({ concern, ...properties }: Properties & { concern: Concern }) {
  const { say, may, service } = properties;
  const where = answeredAt(concern);
  const link = where && may.has(where.needs) ? where : null;
  const named = concern.people.slice(0, NAMED).map((who) => `${who.name} ${who.code}`);
  const more = concern.people.length - named.length;
  return (
    <>
      <p>
        {concern.text}{' '}
        {concern.kind === 'night' && may.has('read_jobs') && <a href="/jobs">{say('answer_jobs')}</a>}
        {link && (
          <a href={hashOf({ view: link.view, service: link.view === 'roster' ? null : keyOf(service), rest: link.rest })}>
            {say(link.view === 'roster' ? 'answer_roster' : 'answer_plan')}
          </a>
        )}
      </p>
      {concern.kind === 'unserved' ? (
        <Reasons {...properties} />
      ) : (
        named.length > 0 && <p class="note">{named.join('、')}{more > 0 && say('and_more', { count: more })}</p>
      )}
    </>
  );
}

/** Why orders are left out, and what would help. */
function Reasons({ client, say, service, outlook }: Properties) {
  const path = outlook.plan && `${pathOf(service)}/plan/explanation?revision=${outlook.plan.number}`;
  const { answer, problem } = useAsked<Explanation>(client, say, path);
  if (answer === null) return <p class="note">{problem ?? say('loading')}</p>;
  const left = answer.orders.filter((one) => one.wish === 'served');
  return (
    <ul class="reasons">
      {left.map((one) => (
        <li key={one.order}>
          <strong>{one.elder ? `${one.elder.name} ${one.elder.code}` : (one.meal_point ?? say('order', { number: one.order }))}</strong>
          {' – '}
          {one.cause_text}
          {one.remedies[0] && <span class="helps">{say('helps', { remedy: one.remedies[0].text })}</span>}
        </li>
      ))}
    </ul>
  );
}
