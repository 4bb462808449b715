// "I can't go on": hands every remaining stop back, after asking; and says that it was done.
import type { Actions } from '../actions.ts';
import { useDraft } from '../drafts.ts';
import { left, type Progress } from '../progress.ts';
import type { Duty } from '../types.ts';

interface Properties {
  now: Progress;
  duty: Duty;
  actions: Actions;
  /** Whether this is what is said at the top once it was done. */
  banner?: boolean;
}

export function HandBack({ now, duty, actions, banner = false }: Properties) {
  const { say } = actions;
  const [asking, ask] = useDraft('handing back');
  const [why, setWhy] = useDraft('why');
  const count = left(now);
  if (banner) {
    if (!now.handedBack || count === 0) return null;
    return (
      <section class="card alert" role="status">
        <p><strong>{say('handed_back_now')}</strong></p>
        {duty.loading.phone && (
          <a class="call" href={`tel:${duty.loading.phone}`}>{say('call_who', { name: duty.loading.name })}</a>
        )}
        {now.handedBackBy && (
          <p>
            <button type="button" class="quiet" onClick={() => void actions.retract(now.handedBackBy ?? '')}>
              {say('go_on_again')}
            </button>
          </p>
        )}
      </section>
    );
  }
  if (now.handedBack || count === 0) return null;
  if (!asking) {
    return (
      <button type="button" class="quiet danger" onClick={() => ask('yes')}>
        {say('cannot_go_on')}
      </button>
    );
  }
  const handBack = () => {
    ask('');
    setWhy('');
    void actions.report({ kind: 'handed_back', ...(why.trim() ? { note: why.trim() } : {}) });
  };
  return (
    <section class="card alert" role="alertdialog" aria-labelledby="hand-back">
      <p id="hand-back"><strong>{say('hand_back_ask', { count })}</strong></p>
      <label for="hand-back-why">{say('hand_back_why')}</label>
      <textarea id="hand-back-why" maxLength={500} rows={2} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
      <div class="pair">
        <button type="button" class="danger" onClick={handBack}>{say('hand_back_do', { count })}</button>
        <button type="button" class="quiet" onClick={() => ask('')}>{say('cancel')}</button>
      </div>
    </section>
  );
}
