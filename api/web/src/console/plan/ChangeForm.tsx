// What changed on the day: one or several changes, asked in one question.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Page } from '../../service/types.ts';
import { ChangeFields, type Choices } from './ChangeFields.tsx';
import { type Draft, EMPTY, type Kind, kindsFor, questionOf } from './changes.ts';
import type { Asked, Courier } from './types.ts';
import { failure, sentence } from './loading.ts';
import type { Words } from './words.ts';

interface Properties {
  client: Client;
  words: Words;
  may: ReadonlySet<string>;
  couriers: readonly Courier[];
  drafts: readonly Draft[];
  setDrafts: (drafts: readonly Draft[]) => void;
  ask: (changes: Asked[]) => Promise<void>;
  close: () => void;
}

export function ChangeForm({ client, words, may, couriers, drafts, setDrafts, ask, close }: Properties) {
  const { say } = words;
  const [canteens, setCanteens] = useState<Choices['canteens']>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  useEffect(() => {
    client.get<Page<Choices['canteens'][number]>>('/api/v1/canteens?limit=500').then(
      (page) => setCanteens(page.items),
      (error: unknown) => setProblem(sentence(error, say)),
    );
  }, [client]);
  const kinds = kindsFor(may);
  const change = (at: number, part: Partial<Draft>) =>
    setDrafts(drafts.map((draft, index) => (index === at ? { ...draft, ...part } : draft)));
  const send = (event: Event) => {
    event.preventDefault();
    const asked: Asked[] = [];
    for (const [at, draft] of drafts.entries()) {
      const question = questionOf(draft);
      if ('missing' in question)
        return setProblem(say('plan_missing_in', { number: at + 1, what: say(`plan_${question.missing}`) }));
      asked.push(question.asked);
    }
    setProblem(null);
    setBusy(true);
    ask(asked)
      .catch((error: unknown) => setProblem(failure(error, say)))
      .finally(() => setBusy(false));
  };
  return (
    <form class="card change-form" onSubmit={send} aria-labelledby="plan-changes">
      <h3 id="plan-changes" ref={title} tabIndex={-1}>
        {say('plan_changes')}
      </h3>
      {drafts.map((draft, at) => (
        <fieldset key={at}>
          <legend>{say('plan_change_number', { number: at + 1 })}</legend>
          <label>
            {say('plan_kind')}
            <select value={draft.kind} onChange={(event) => change(at, { kind: event.currentTarget.value as Kind })}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {say(`plan_kind_${kind}`)}
                </option>
              ))}
            </select>
          </label>
          <ChangeFields {...{ client, words, draft }} choices={{ couriers, canteens }} change={(part) => change(at, part)} />
          {drafts.length > 1 && (
            <button
              type="button"
              class="quiet"
              aria-label={say('plan_remove_change', { number: at + 1 })}
              onClick={() => setDrafts(drafts.filter((_, index) => index !== at))}
            >
              {say('plan_remove')}
            </button>
          )}
        </fieldset>
      ))}
      <div aria-live="assertive">
        {problem !== null && <p class="alert">{problem}</p>}
        {busy && <p class="note">{say('plan_asking')}</p>}
      </div>
      <div class="actions">
        <button type="submit" disabled={busy}>
          {say('plan_ask')}
        </button>
        <button
          type="button"
          class="quiet"
          disabled={drafts.length >= 20}
          onClick={() => setDrafts([...drafts, { ...EMPTY, kind: kinds[0] }])}
        >
          {say('plan_add_change')}
        </button>
        <button type="button" class="quiet" onClick={close}>
          {say('plan_close')}
        </button>
      </div>
    </form>
  );
}
