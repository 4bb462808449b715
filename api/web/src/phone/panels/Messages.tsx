// What must be read before going on: refused reports, a new revision, a browser that keeps nothing.
import type { Actions } from '../actions.ts';
import { progress } from '../progress.ts';
import { messages } from '../queue.ts';
import type { View } from '../session.ts';
import { reportWords } from '../words.ts';

export function Messages({ view, actions }: { view: View; actions: Actions }) {
  const { say } = actions;
  const names = new Map(
    (view.duty?.trips ?? []).flatMap((trip) => trip.stops).map((stop) => [stop.order, stop.name]),
  );
  return (
    <>
      {messages(view.entries).map(({ message, entries }) => (
        <section class="card alert" role="alert" key={message}>
          <p><strong>{message}</strong></p>
          {entries.some((entry) => entry.state === 'apart') && (
            <ul>
              {entries.map((entry) => (
                <li key={entry.place}>
                  {say('about', {
                    what: reportWords(entry.report, (order) => names.get(order) ?? '', say),
                  })}
                </li>
              ))}
            </ul>
          )}
          <button type="button" onClick={() => void actions.dismiss(entries)}>
            {say('understood')}
          </button>
        </section>
      ))}
      <Revision view={view} actions={actions} />
      {!view.lasting && <p class="card alert">{say('not_lasting')}</p>}
    </>
  );
}

/** A revision after the first is confirmed once. */
function Revision({ view, actions }: { view: View; actions: Actions }) {
  const { say } = actions;
  const { duty, changes } = view;
  if (duty === null || duty.revision === 1) return null;
  if (progress(duty, view.entries).seen >= duty.revision) return null;
  const { revision } = duty;
  return (
    <section class="card notice" role="alert">
      <p><strong>{say('revised', { number: revision })}</strong></p>
      {Object.keys(changes.marks).length > 0 && <p>{say('revised_marks')}</p>}
      {changes.gone.length > 0 && <p>{say('revised_gone', { names: changes.gone.join('、') })}</p>}
      <button type="button" class="big" onClick={() => void actions.report({ kind: 'seen', revision })}>
        {say('seen')}
      </button>
    </section>
  );
}
