// Where a meal went that was not handed over; who got it, where it was given away.
import type { Actions } from '../actions.ts';
import { useDraft } from '../drafts.ts';
import type { SeenStop } from '../progress.ts';
import type { Fate } from '../types.ts';

const FATES: readonly Fate[] = ['returned', 'given', 'discarded'];

export function Fates({ stop, actions }: { stop: SeenStop; actions: Actions }) {
  const { say } = actions;
  const [asking, ask] = useDraft(`giving ${stop.order}`);
  const [who, setWho] = useDraft(`given ${stop.order}`);
  const record = (fate: Fate, note: string) => {
    ask('');
    setWho('');
    const told = { kind: 'accounted', order: stop.order, fates: { [fate]: stop.portions } } as const;
    void actions.report(note ? { ...told, note } : told);
  };
  const pick = (fate: Fate) => {
    if (fate !== 'given') return record(fate, '');
    actions.hold(stop.order);
    ask('yes');
  };
  const submit = (event: Event) => {
    event.preventDefault();
    record('given', who.trim());
  };
  return (
    <fieldset>
      <legend>{say('where_meal')}</legend>
      <div class="choices">
        {FATES.map((fate) => (
          <button key={fate} type="button" class="quiet" aria-pressed={(stop.fates[fate] ?? 0) > 0} onClick={() => pick(fate)}>
            {say(`fate_${fate}`)}
          </button>
        ))}
      </div>
      {stop.given_to && <p>{say('meal_went', { fate: say('fate_given'), who: stop.given_to })}</p>}
      {asking && (
        <form class="form" onSubmit={submit}>
          <label for="given">{say('given_to')}</label>
          <textarea id="given" rows={1} maxLength={500} required value={who} onInput={(event) => setWho(event.currentTarget.value)} />
          <div class="pair">
            <button type="submit">{say('given_record')}</button>
            <button type="button" class="quiet" onClick={() => ask('')}>{say('cancel')}</button>
          </div>
        </form>
      )}
    </fieldset>
  );
}
