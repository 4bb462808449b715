// What is ordered and how it is planned, in numbers.
import { hashOf } from '../address.ts';
import { clockText, stamp } from '../parts/times.ts';
import { collected, keyOf, type Listed, type OrderKind } from '../services.ts';
import type { Key } from '../texts.ts';
import type { ViewProperties } from '../view.ts';
import { shareText, stateKey } from './words.ts';
import type { Outlook } from './types.ts';

type Properties = ViewProperties & { service: Listed; outlook: Outlook };

const KINDS: readonly [OrderKind, Key][] = [
  ['delivery', 'kind_delivery'],
  ['supply', 'kind_supply'],
  ['pick_up', 'kind_pick_up'],
  ['dine_in', 'kind_dine_in'],
];

export function Figures({ say, service, outlook, zone, may, today }: Properties) {
  const { plan } = outlook;
  const hours = { from: clockText(outlook.opens, zone), to: clockText(outlook.closes, zone) };
  return (
    <>
      <h2 id="day-plan" class="row-title">
        {service.day} {say(service.meal)}
        <span class={`state ${plan?.state ?? ''}`}>{say(stateKey(plan), { number: plan?.number ?? 0 })}</span>
        <span class="note">{say('hours', hours)}</span>
      </h2>
      {plan && outlook.newer_draft !== null && (
        <p class="note">{say('newer_draft', { number: outlook.newer_draft })}</p>
      )}
      <dl class="figures">
        {collected(service) && KINDS.map(([kind, name]) => (
          <div key={kind}>
            <dt>{say(name)}</dt>
            <dd>{say('orders_portions', { orders: service.orders[kind] ?? 0, portions: service.portions[kind] ?? 0 })}</dd>
          </div>
        ))}
        {plan && (
          <>
            <div>
              <dt>{say('served')}</dt>
              <dd>{plan.served_orders} / {plan.orders}</dd>
            </div>
            <div>
              <dt>{say('circle_share')}</dt>
              <dd>{shareText(plan.circle_share)}</dd>
            </div>
            <div>
              <dt>{say('couriers_used')}</dt>
              <dd>{plan.couriers} / {plan.couriers_on_shift}</dd>
            </div>
            <div>
              <dt>{say('trips')}</dt>
              <dd>{plan.trips}</dd>
            </div>
            {outlook.proof && (
              <div class="words">
                <dt>{say('proof')}</dt>
                <dd>{outlook.proof}</dd>
              </div>
            )}
          </>
        )}
      </dl>
      {!collected(service) && plan === null && (
        <p class="note">
          {outlook.collects_at === null
            ? say('not_collected')
            : say('not_collected_until', { at: stamp(outlook.collects_at, zone, today) })}
        </p>
      )}
      {plan && may.has('read_plans') && (
        <p>
          <a href={hashOf({ view: 'plan', service: keyOf(service), rest: [] })}>{say('to_plan')}</a>
        </p>
      )}
    </>
  );
}
