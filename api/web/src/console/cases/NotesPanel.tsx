// What waits for somebody beside the doors: condition notes, reports kept apart, meals left over.
import type { ConditionNote, KeptApart, StopDay } from '../../service/delivery.ts';
import { newsOf } from '../live/watcher.ts';
import type { ViewProperties } from '../view.ts';
import { deliveryOf, isBroughtOut } from './entries.ts';
import { useReading } from './hooks.ts';
import { KeptApartList } from './KeptApartList.tsx';
import { MealsLeft } from './MealsLeft.tsx';
import { NoteList } from './NoteList.tsx';
import { ReadProblem } from './ReadProblem.tsx';

export function NotesPanel(properties: ViewProperties) {
  const { client, say, service, live } = properties;
  const [base, news] = [isBroughtOut(service, live) ? deliveryOf(service) : null, newsOf(live)];
  const notes = useReading<ConditionNote[]>(client, base && `${base}/notes`, news);
  const apart = useReading<KeptApart[]>(client, base && `${base}/not-counted`, news);
  const stops = useReading<StopDay[]>(client, base && `${base}/stops`, news);
  if (service === null || base === null) return <p class="note">{say('nothing_published')}</p>;
  const all = [notes, apart, stops];
  const failed = all.find((one) => one.problem !== null);
  const again = () => all.forEach((one) => one.again());
  const shared = { ...properties, service, again };
  return (
    <section class="cases" aria-labelledby="notes-title">
      <h2 id="notes-title">{say('notes')}</h2>
      <ReadProblem say={say} problem={failed?.problem ?? null} again={again} />
      {notes.value !== null && <NoteList {...shared} notes={notes.value} />}
      {stops.value !== null && <MealsLeft {...shared} stops={stops.value} />}
      {apart.value !== null && <KeptApartList {...shared} reports={apart.value} />}
    </section>
  );
}
