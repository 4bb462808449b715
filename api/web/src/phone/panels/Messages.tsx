// What must be read before going on: refused reports, a new revision, a browser that keeps nothing.
import type { Actions } from '../actions.ts';
import { unconfirmed } from '../progress.ts';
import { messages } from '../queue.ts';
import type { View } from '../session.ts';
import type { Say } from '../texts.ts';
import { reportWords } from '../words.ts';

const CLOCK_TOLERANCE = 60_000;

export function Messages({ view, actions }: { view: View; actions: Actions }) {
  const { say } = actions;
  const names = new Map(
    (view.duty?.trips ?? []).flatMap((trip) => trip.stops).map((stop) => [stop.order, stop.name]),
  );
  return (
    <>
      {messages(view.entries, actions.language).map(({ message, entries }) => (
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
      <WrongClock off={view.off} say={say} />
      <Revision view={view} actions={actions} />
      {!view.lasting && <p class="card alert">{say('not_lasting')}</p>}
    </>
  );
}

/** Said as long as the phone's clock is off by more than a minute, as the service counts it. */
function WrongClock({ off, say }: { off: number; say: Say }) {
  if (Math.abs(off) <= CLOCK_TOLERANCE) return null;
  const minutes = Math.round(Math.abs(off) / 60_000);
  const span = minutes < 120 ? say('minutes', { count: minutes }) : say('hours', { count: Math.round(minutes / 60) });
  return <p class="card alert" role="status">{say(off < 0 ? 'clock_fast' : 'clock_slow', { span })}</p>;
}

/** What changes the duty is confirmed once: who missed it is asked though later revisions changed nothing more. */
function Revision({ view, actions }: { view: View; actions: Actions }) {
  const { say } = actions;
  const { duty, changes } = view;
  if (duty === null || !unconfirmed(duty, view.entries)) return null;
  const { revision } = duty;
  return (
    <section class="card notice" role="alert">
      <p><strong>{say('revised', { number: revision })}</strong></p>
      {Object.keys(changes.marks).length > 0 && <p>{say('revised_marks')}</p>}
      {changes.gone.length > 0 && <p>{say('revised_gone', { names: changes.gone.join(say('list_mark')) })}</p>}
      <button type="button" class="big" onClick={() => void actions.report({ kind: 'seen', revision })}>
        {say('seen')}
      </button>
    </section>
  );
}
