// Loud: who handed stops back, when and why; one press has them planned anew.
import { useState } from 'preact/hooks';

import type { Progress } from '../live/types.ts';
import { clockText } from '../parts/times.ts';
import { reasonOf } from '../parts/useAsked.ts';
import { keyOf, type Listed, pathOf } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { handedBack } from './back.ts';

type Properties = ViewProperties & { service: Listed; progress: Progress };

export function HandedBack({ client, say, zone, may, today, service, progress, go }: Properties) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const couriers = handedBack(progress);
  if (couriers.length === 0) return null;
  const planAnew = () => {
    setBusy(true);
    setProblem(null);
    const body = { changes: [{ kind: 'handed_back' }] };
    client.send<{ id: number }>(`${pathOf(service)}/proposals`, { method: 'POST', body }).then(
      ({ id }) => go({ view: 'plan', service: keyOf(service), rest: ['proposal', String(id)] }),
      (error: unknown) => {
        setProblem(reasonOf(error, say));
        setBusy(false);
      },
    );
  };
  const stops = couriers.reduce((sum, one) => sum + one.progress.counts.handed_back, 0);
  return (
    <section class="handed-back" aria-labelledby="day-handed-back">
      <div role="alert">
        <h3 id="day-handed-back">{say('handed_back_title', { count: stops })}</h3>
      </div>
      <ul>
        {couriers.map(({ courier, courier_name, handed_back_why, progress: { handed_back_at, counts } }) => (
          <li key={courier}>
            <strong>{courier} {courier_name}</strong>{' '}
            {handed_back_at !== null && clockText(handed_back_at, zone)}{' '}
            {say('handed_back_stops', { count: counts.handed_back })}
            {handed_back_why === null ? say('handed_back_no_word') : <q>{handed_back_why}</q>}
          </li>
        ))}
      </ul>
      {may.has('make_plans') && service.day === today && (
        <button type="button" disabled={busy} onClick={planAnew}>
          {say(busy ? 'plan_asking' : 'handed_back_plan')}
        </button>
      )}
      <div role="alert">{problem !== null && <p>{problem}</p>}</div>
    </section>
  );
}
