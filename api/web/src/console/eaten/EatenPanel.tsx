// Meals eaten in the canteen or picked up there: found, recorded with one press, taken back.
import { useEffect, useState } from 'preact/hooks';

import { newId } from '../../phone/ids.ts';
import type { DayMeals, Eaten } from '../../service/delivery.ts';
import type { Canteen } from '../../service/files.ts';
import type { Page } from '../../service/types.ts';
import { useEntering } from '../entering/hooks.ts';
import { newsOf } from '../live/watcher.ts';
import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import type { Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { EatenList } from './EatenList.tsx';
import { EatenSearch } from './EatenSearch.tsx';
import { PersonMeals } from './PersonMeals.tsx';
import { eatenEntry, takenBackEntry, type WayHere, WAYS_HERE } from './recording.ts';

export function EatenPanel(properties: ViewProperties) {
  const { say, service } = properties;
  return service === null ? <p class="note">{say('no_services')}</p> : <Counter {...properties} service={service} />;
}

/** Where the canteen that was chosen last is kept. */
const CANTEEN = 'canteen';

function Counter(properties: ViewProperties & { service: Listed }) {
  const { client, say, may, service, live, outbox } = properties;
  const [base, news] = [`/api/v1/services/${service.day}/${service.meal}`, newsOf(live)];
  const eaten = useAsked<Eaten[]>(client, say, `${base}/eaten`, { news });
  const meals = useAsked<DayMeals>(client, say, `${base}/person-meals`, { news });
  const canteens = useAsked<Page<Canteen>>(client, say, '/api/v1/canteens?limit=100');
  const [wanted, setWanted] = useState(() => outbox.shelf.read<string>(CANTEEN));
  const [way, setWay] = useState<WayHere>('dine_in');
  const [last, setLast] = useState<{ code: string; uid: string } | null>(null);
  const { waiting, problem, enter } = useEntering(outbox, 'eaten');
  const offered = canteens.answer?.items ?? [];
  const canteen = (offered.find((one) => one.code === wanted) ?? offered[0])?.code ?? null;
  useEffect(() => setLast(null), [service.day, service.meal]);
  const all = [eaten, meals, canteens];
  const failed = all.find((one) => one.problem !== null);
  const again = () => all.forEach((one) => one.again());
  const record = async (code: string) => {
    if (canteen === null) return false;
    const uid = newId();
    setLast(null);
    const kept = await enter(eatenEntry(service, uid, code, way, canteen));
    if (kept) setLast({ code, uid });
    again();
    return kept;
  };
  const takeBack = async (uid: string) => {
    setLast(null);
    await enter(takenBackEntry(service, newId(), uid));
    again();
  };
  const records = eaten.answer ?? [];
  return (
    <section class="eaten" aria-labelledby="eaten-title">
      <h2 id="eaten-title">{say('eaten')}</h2>
      {failed !== undefined && <Failure say={say} asked={{ ...failed, again }} />}
      {meals.answer !== null && <PersonMeals say={say} meals={meals.answer} />}
      {may.has('change_delivery') && canteens.answer !== null && canteen === null && (
        <p class="note">{say('eaten_no_canteen')}</p>
      )}
      {may.has('change_delivery') && canteen !== null && (
        <>
          <div class="row choice">
            <label>
              {say('eaten_where')}
              <select
                value={canteen}
                onChange={(event) => {
                  outbox.shelf.write(CANTEEN, event.currentTarget.value);
                  setWanted(event.currentTarget.value);
                }}
              >
                {offered.map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.code} {one.name}
                  </option>
                ))}
              </select>
            </label>
            <fieldset class="ways">
              <legend>{say('eaten_way')}</legend>
              {WAYS_HERE.map((one) => (
                <label key={one}>
                  <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
                  {say(`eaten_way_${one}`)}
                </label>
              ))}
            </fieldset>
          </div>
          <EatenSearch {...properties} {...{ way, record, waiting, records, problem }} />
        </>
      )}
      {eaten.answer !== null && <EatenList {...properties} {...{ records, last, waiting, takeBack }} />}
    </section>
  );
}
