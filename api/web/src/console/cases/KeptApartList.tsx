// Reports that are kept but not counted: why, in words, and counting them with one press.
import { newId } from '../../phone/ids.ts';
import type { KeptApart } from '../../service/delivery.ts';
import { useEntering } from '../entering/hooks.ts';
import type { Say } from '../texts.ts';
import { clockText } from '../parts/times.ts';
import { doorName } from './doors.ts';
import { countEntry } from './entries.ts';
import { focusTitle } from './focus.ts';
import type { ListProperties } from './NoteList.tsx';

export function KeptApartList(properties: ListProperties & { reports: readonly KeptApart[] }) {
  const { say, reports } = properties;
  const waiting = reports.filter((one) => !one.counted);
  const counted = reports.length - waiting.length;
  return (
    <section aria-labelledby="apart-title">
      <h3 id="apart-title" tabIndex={-1}>{say('apart')}</h3>
      {waiting.length === 0 && <p class="well">{say('apart_none')}</p>}
      <ul class="queue">
        {waiting.map((one) => (
          <Row key={one.uid} {...properties} one={one} />
        ))}
      </ul>
      {counted > 0 && <p class="note">{say('apart_counted', { count: counted })}</p>}
    </section>
  );
}

function Row({ say, zone, may, outbox, service, one, again }: ListProperties & { one: KeptApart }) {
  const { waiting, problem, enter } = useEntering(outbox, `apart/${one.uid}`);
  const count = async () => {
    if (await enter(countEntry(service, newId(), one))) {
      again();
      focusTitle('apart-title');
    }
  };
  const readable = one.kind !== 'unreadable';
  return (
    <li class="card">
      <p>
        <strong>{say(`apart_${one.reason}`)}</strong> {say('apart_said', { what: saidOf(one, say) })}
        {one.note !== null && <q>{one.note}</q>}
      </p>
      <p class="note">
        {one.courier !== null && <>{say('courier_named', { code: one.courier })} · </>}
        {say('apart_times', {
          happened: clockText(one.happened_at, zone), received: clockText(one.received_at, zone),
        })}
      </p>
      {!readable && <p class="note">{say('apart_cannot')}</p>}
      {readable && may.has('change_delivery') && (
        <button type="button" disabled={waiting} onClick={() => void count()}>
          {say('apart_count')}
        </button>
      )}
      <div role="alert">{problem !== null && <p class="alert">{problem}</p>}</div>
    </li>
  );
}

/** What a report says, in a few words. */
function saidOf(one: KeptApart, say: Say): string {
  const what = say(one.outcome === null ? `kind_${one.kind}` : `outcome_${one.outcome}`, { trip: one.trip ?? '–' });
  return one.door === null ? what : `${doorName(one.door, say)} · ${what}`;
}
