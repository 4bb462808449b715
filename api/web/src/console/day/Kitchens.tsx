// What a kitchen cooks and packs: portions by diet and way, and whose special meals they are.
import { useState } from 'preact/hooks';

import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { wordOf } from '../roster/words.ts';
import { type Listed, type OrderKind, pathOf } from '../services.ts';
import type { Key } from '../texts.ts';
import type { ViewProperties } from '../view.ts';
import type { KitchenCount, Outlook, Special } from './types.ts';

type Properties = ViewProperties & { service: Listed; outlook: Outlook };

const WAYS: readonly [OrderKind, Key][] = [
  ['delivery', 'kind_delivery'],
  ['supply', 'kind_supply'],
  ['dine_in', 'kind_dine_in'],
  ['pick_up', 'kind_pick_up'],
];

/** So many special meals are listed at once; more are one press away. */
const SHOWN = 30;

export function Kitchens({ client, say, service, outlook }: Properties) {
  const [chosen, choose] = useState<string | null>(null);
  const kitchen = outlook.kitchens.find((one) => one.code === chosen) ?? outlook.kitchens[0];
  const path = kitchen ? `${pathOf(service)}/kitchen-counts/${kitchen.code}` : null;
  const asked = useAsked<KitchenCount>(client, say, path, { news: String(outlook.plan?.number) });
  if (kitchen === undefined) return null;
  const count = asked.answer;
  return (
    <section class="card" aria-labelledby="day-kitchen">
      <h2 id="day-kitchen" class="row-title">
        {say('kitchen_count')}
        {outlook.kitchens.length === 1 ? (
          <span class="note">{kitchen.name}</span>
        ) : (
          <select aria-label={say('canteen')} value={kitchen.code} onChange={(event) => choose(event.currentTarget.value)}>
            {outlook.kitchens.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </h2>
      <Failure say={say} asked={asked} />
      {count && (
        <div class="kitchen">
          <Diets count={count} say={say} />
          <Specials specials={count.specials} say={say} />
        </div>
      )}
    </section>
  );
}

/** Return diets as people call them; words that the service does not know stay as they are. */
function dietsText(diets: readonly string[], say: ViewProperties['say']): string {
  return diets.map((diet) => wordOf(say, 'diet', diet)).join(say('list_mark'));
}

function Diets({ count, say }: { count: KitchenCount; say: ViewProperties['say'] }) {
  const ways = WAYS.filter(([way]) => count.portions[way] > 0);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('diet')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('diet')}</th>
            {ways.map(([way, name]) => <th key={way} scope="col">{say(name)}</th>)}
            <th scope="col">{say('total')}</th>
          </tr>
        </thead>
        <tbody>
          {count.diets.map((row) => (
            <tr key={row.diets.join()}>
              <th scope="row">{dietsText(row.diets, say) || say('regular')}</th>
              {ways.map(([way]) => <td key={way}>{row.portions[way]}</td>)}
              <td><strong>{row.total}</strong></td>
            </tr>
          ))}
          <tr>
            <th scope="row">{say('total')}</th>
            {ways.map(([way]) => <td key={way}><strong>{count.portions[way]}</strong></td>)}
            <td><strong>{count.total}</strong></td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Specials({ specials, say }: { specials: readonly Special[]; say: ViewProperties['say'] }) {
  return (
    <details open={specials.length <= SHOWN}>
      <summary>{say('specials', { count: specials.length })}</summary>
      <ul class="specials">
        {specials.map((one, at) => (
          <li key={`${one.code} ${at}`}>
            <strong>{dietsText(one.diets, say)}</strong> {one.name} {one.code}
            {one.portions > 1 && ` ×${one.portions}`}
            <span class="note">
              {one.courier ? say('carried_by', { courier: one.courier, trip: one.trip ?? '' }) : say(one.kind === 'dine_in' ? 'kind_dine_in' : 'kind_pick_up')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
