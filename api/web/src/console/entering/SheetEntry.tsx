// Keying in paper: which courier's sheet of which revision, and the sheet itself.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { deliveryOf } from '../cases/entries.ts';
import type { Duties, Duty, StopDay } from '../../service/delivery.ts';
import { newsOf } from '../live/watcher.ts';
import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { keyOf, type Listed } from '../services.ts';
import type { ViewProperties } from '../view.ts';
import { clearOld } from './drafts.ts';
import { stopsOf } from './sheet.ts';
import { SheetForm } from './SheetForm.tsx';

interface Revision {
  number: number;
  published_at: string | null;
}

export function SheetEntry(properties: ViewProperties) {
  const { say, may, service } = properties;
  if (service === null) return <p class="note">{say('no_services')}</p>;
  if (!may.has('change_delivery')) return <p class="note">{say('sheet_not_yours')}</p>;
  return <Sheets {...properties} service={service} />;
}

function Sheets(properties: ViewProperties & { service: Listed }) {
  const { client, say, service, today, live, place, go, outbox } = properties;
  const plan = `/api/v1/services/${service.day}/${service.meal}/plan`;
  const revisions = useAsked<Revision[]>(client, say, `${plan}/revisions`, { news: newsOf(live) });
  const published = (revisions.answer ?? []).filter((one) => one.published_at !== null).map((one) => one.number);
  const present = live.progress?.revision ?? service.published_revision;
  const [wanted, setWanted] = useState<number | null>(null);
  const revision = wanted !== null && published.includes(wanted) ? wanted : present;
  const duties = useAsked<Duties>(client, say, revision !== null ? `${plan}/duties?revision=${revision}` : null);
  const stops = useAsked<StopDay[]>(client, say, revision !== null ? `${deliveryOf(service)}/stops` : null, { news: newsOf(live) });
  const known = useMemo(() => new Map(stops.answer?.map((one) => [one.door.order, one])), [stops.answer]);
  const choice = useRef<HTMLSelectElement>(null);
  const [saved, setSaved] = useState<string | null>(null);
  useEffect(() => clearOld(outbox.shelf, today), [outbox, today]);
  if (revision === null) return <p class="note">{say('nothing_published')}</p>;
  const duty = duties.answer?.duties.find((one) => one.courier === place.rest[1]);
  const open = (courier: string) =>
    go({ view: 'day', service: keyOf(service), rest: courier === '' ? ['sheets'] : ['sheets', courier] });
  const all = [revisions, duties, stops];
  const failed = all.find((one) => one.problem !== null);
  const again = () => all.forEach((one) => one.again());
  return (
    <section class="sheets" aria-labelledby="sheets-title">
      <h2 id="sheets-title">{say('sheets')}</h2>
      {failed !== undefined && <Failure say={say} asked={{ ...failed, again }} />}
      <div class="row choice">
        <label>
          {say('sheet_courier')}
          <select ref={choice} value={duty?.courier ?? ''} onChange={(event) => open(event.currentTarget.value)}>
            <option value="">{say('sheet_choose')}</option>
            {duties.answer?.duties.map((one) => (
              <option key={one.courier} value={one.courier}>
                {say('sheet_courier_named', {
                  code: one.courier, name: one.courier_name ?? '', ...progressOf(one, known),
                })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('sheet_revision')}
          <select value={revision} onChange={(event) => setWanted(Number(event.currentTarget.value))}>
            {published.map((number) => (
              <option key={number} value={number}>
                {say(number === present ? 'sheet_revision_now' : 'sheet_revision_named', { number })}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div role="status">{saved !== null && <p class="well">{saved}</p>}</div>
      {duty !== undefined && (
        <SheetForm
          key={`${keyOf(service)}/${duty.courier}/${revision}`}
          {...properties}
          service={service}
          duty={duty}
          revision={revision}
          known={known}
          again={again}
          saved={(count) => {
            setSaved(say('sheet_saved', { courier: `${duty.courier} ${duty.courier_name ?? ''}`.trim(), count }));
            open('');
            choice.current?.focus(); // the next sheet of the pile
          }}
        />
      )}
    </section>
  );
}

function progressOf(duty: Duty, known: ReadonlyMap<number, StopDay>): { stops: number; known: number } {
  const stops = stopsOf(duty);
  return { stops: stops.length, known: stops.filter(({ order }) => known.get(order)?.outcome).length };
}
