// What waits for somebody beside the doors: condition notes, reports kept apart, meals left over.
import type { ConditionNote, KeptApart, StopDay } from '../../service/delivery.ts';
import { newsOf } from '../live/watcher.ts';
import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import type { ViewProperties } from '../view.ts';
import { deliveryOf, isBroughtOut } from './entries.ts';
import { KeptApartList } from './KeptApartList.tsx';
import { MealsLeft } from './MealsLeft.tsx';
import { NoteList } from './NoteList.tsx';

export function NotesPanel(properties: ViewProperties) {
  const { client, say, service, live } = properties;
  const [base, news] = [isBroughtOut(service, live) ? deliveryOf(service) : null, newsOf(live)];
  const notes = useAsked<ConditionNote[]>(client, say, base && `${base}/notes`, { news });
  const apart = useAsked<KeptApart[]>(client, say, base && `${base}/not-counted`, { news });
  const stops = useAsked<StopDay[]>(client, say, base && `${base}/stops`, { news });
  if (service === null || base === null) return <p class="note">{say('nothing_published')}</p>;
  const all = [notes, apart, stops];
  const failed = all.find((one) => one.problem !== null);
  const again = () => all.forEach((one) => one.again());
  const shared = { ...properties, service, again };
  return (
    <section class="cases" aria-labelledby="notes-title">
      <h2 id="notes-title">{say('notes')}</h2>
      {failed !== undefined && <Failure say={say} asked={{ ...failed, again }} />}
      {notes.answer !== null && <NoteList {...shared} notes={notes.answer} />}
      {stops.answer !== null && <MealsLeft {...shared} stops={stops.answer} />}
      {apart.answer !== null && <KeptApartList {...shared} reports={apart.answer} />}
    </section>
  );
}
