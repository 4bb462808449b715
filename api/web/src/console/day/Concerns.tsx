// What waits for an answer, each with the way to where it is answered.
import { hashOf } from '../address.ts';
import { Remedies } from '../parts/Remedies.tsx';
import { useAsked } from '../parts/useAsked.ts';
import type { Person } from '../../service/delivery.ts';
import { keyOf, type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { reasonsOf } from './reasons.ts';
import type { Concern, Explanation, Outlook } from './types.ts';
import { answeredAt, answeredFor, type Way } from './words.ts';

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
  const open = (way: Way | null) => (way && may.has(way.needs) ? addressOf(way, service) : null);
  const link = open(where);
  const named = concern.people.slice(0, NAMED);
  const more = concern.people.length - named.length;
  return (
    <>
      <p>
        {concern.text}{' '}
        {concern.kind === 'night' && may.has('read_jobs') && <a href="/jobs">{say('answer_jobs')}</a>}
        {link && (
          <a href={link}>{say(where?.view === 'roster' ? 'answer_roster' : 'answer_plan')}</a>
        )}
      </p>
      {concern.kind === 'unserved' ? (
        <Reasons {...properties} />
      ) : (
        named.length > 0 && (
          <p class="note people">
            {named.map((who) => (
              <Named key={who.code} who={who} href={open(answeredFor(concern, who.code))} />
            ))}
            {more > 0 && say('and_more', { count: more })}
          </p>
        )
      )}
    </>
  );
}

/** Return the address of a way; what is in the roster is about no service. */
function addressOf({ view, rest }: Way, service: Listed): string {
  return hashOf({ view, service: view === 'roster' ? null : keyOf(service), rest });
}

/** A person by name, as the way to where something is answered about that one. */
function Named({ who, href }: { who: Person; href: string | null }) {
  const name = `${who.name} ${who.code}`;
  return href === null ? <span>{name}</span> : <a href={href}>{name}</a>;
}

/** Why orders are left out, and what would help. */
function Reasons({ client, say, service, outlook }: Properties) {
  const path = outlook.plan && `${pathOf(service)}/plan/explanation?revision=${outlook.plan.number}`;
  const { answer, problem } = useAsked<Explanation>(client, say, path);
  if (answer === null) return <p class="note">{problem ?? say('loading')}</p>;
  const nameOf = ({ order, elder, meal_point }: Explanation['orders'][number]) =>
    elder ? `${elder.name} ${elder.code}` : (meal_point ?? say('order', { number: order }));
  return (
    <ul class="reasons" tabIndex={0} aria-label={say('reasons')}>
      {reasonsOf(answer.orders).map(({ cause, remedies, orders }) => (
        <li key={orders[0]?.order}>
          <strong>{orders.slice(0, NAMED).map(nameOf).join(say('list_mark'))}</strong>
          {orders.length > NAMED && say('and_more_orders', { count: orders.length - NAMED })}
          {' – '}
          {cause}
          <Remedies remedies={remedies} say={say} />
        </li>
      ))}
    </ul>
  );
}
