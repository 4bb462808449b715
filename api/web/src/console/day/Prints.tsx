// What to print: everything, only what changed, and each kitchen's count and labels.
import { type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import type { Outlook } from './types.ts';

export function Prints({ say, may, service, outlook }: ViewProperties & { service: Listed; outlook: Outlook }) {
  const { plan, kitchens } = outlook;
  if (plan === null || !may.has('read_sheets')) return null;
  const path = pathOf(service);
  return (
    <section class="card" aria-labelledby="day-prints">
      <h2 id="day-prints">{say('prints', { number: plan.number })}</h2>
      {plan.state === 'draft' && <p class="note">{say('prints_draft')}</p>}
      <ul class="links">
        <li><a href={`${path}/sheets.zip`}>{say('print_all')}</a></li>
        {plan.number > 1 && <li><a href={`${path}/sheets.zip?changed=true`}>{say('print_changed')}</a></li>}
        {kitchens.map(({ code, name }) => (
          <li key={code}>
            {name}: <a href={`${path}/kitchen-counts/${code}.pdf`}>{say('print_kitchen')}</a>{' '}
            <a href={`${path}/labels/${code}.pdf`}>{say('print_labels')}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
