// Something the courier noticed and somebody should look into.
import type { Actions } from '../actions.ts';
import { useDraft } from '../drafts.ts';
import type { SeenStop } from '../progress.ts';
import type { Key } from '../texts.ts';
import type { Condition } from '../types.ts';

const CONDITIONS: readonly Condition[] = ['seems_unwell', 'door_changed', 'phone_changed', 'other'];

function wordOf(condition: Condition): Key {
  return condition === 'other' ? 'condition_other' : condition;
}

export function Conditions({ stop, actions }: { stop: SeenStop; actions: Actions }) {
  const { say } = actions;
  const [chosen, choose] = useDraft(`condition ${stop.order}`);
  const [note, setNote] = useDraft(`condition note ${stop.order}`);
  const picked = CONDITIONS.find((condition) => condition === chosen) ?? null;
  const pick = (condition: Condition) => {
    choose(condition);
    actions.hold(stop.order); // it stays in sight whatever a new revision has come next
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (picked === null) return;
    const told = { kind: 'condition', order: stop.order, condition: picked } as const;
    void actions.report(note.trim() ? { ...told, note: note.trim() } : told);
    choose('');
    actions.choose(stop.order);
    setNote('');
  };
  return (
    <details class="conditions" open={picked !== null}>
      <summary>{say('more')}</summary>
      <div class="choices">
        {CONDITIONS.map((condition) => (
          <button key={condition} type="button" class="quiet" aria-pressed={picked === condition} onClick={() => pick(condition)}>
            {say(wordOf(condition))}
          </button>
        ))}
      </div>
      {picked !== null && (
        <form class="form" onSubmit={submit}>
          {picked === 'seems_unwell' && <p class="alert">{say('urgent')}</p>}
          <label for="condition-note">{say(picked === 'other' ? 'note_needed' : 'note_optional')}</label>
          <textarea id="condition-note" rows={2} maxLength={500} required={picked === 'other'} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
          <button type="submit">{say('record', { outcome: say(wordOf(picked)) })}</button>
        </form>
      )}
    </details>
  );
}
