// The moves by hand that are being tried: what they cost at once, kept as a proposal or accepted.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Priced } from './deeds.ts';
import { sentence } from './loading.ts';
import type { Move } from './moves.ts';
import { Price, Rules, Told } from './Price.tsx';
import type { ShownDuty } from './reading.ts';
import { acceptable } from './ruling.ts';
import type { Proposal } from './types.ts';
import { moveText, type Words } from './words.ts';

interface Properties {
  client: Client;
  path: string;
  words: Words;
  duties: readonly ShownDuty[];
  moves: readonly Move[];
  /** Changes when another revision is in force: the price is asked again. */
  revision: number;
  setMoves: (moves: readonly Move[]) => void;
  keep: () => Promise<void>;
  accept: (seen: Priced) => Promise<void>;
}

export function Tray({ client, path, words, duties, moves, revision, setMoves, keep, accept }: Properties) {
  const { say } = words;
  const [priced, setPriced] = useState<Proposal | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [despite, setDespite] = useState(false);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [moves]); // what it costs is told here
  useEffect(() => {
    let old = false;
    setPriced(null);
    setProblem(null);
    setDespite(false);
    client.send<Proposal>(`${path}/plan/moves`, { method: 'POST', body: { moves } }).then(
      (told) => !old && setPriced(told),
      (error: unknown) => !old && setProblem(sentence(error, say)),
    );
    return () => {
      old = true;
    };
  }, [moves, revision, path, turn]);
  const send = (deed: () => Promise<unknown>) => () => {
    setBusy(true);
    deed().finally(() => setBusy(false));
  };
  return (
    <section class="card tray" aria-labelledby="plan-moves">
      <h3 id="plan-moves" ref={title} tabIndex={-1}>{say('plan_moves')}</h3>
      <ul class="moves">
        {moves.map((move) => {
          const text = moveText(move, duties, words);
          return (
            <li key={text}>
              {text}{' '}
              <button
                type="button"
                class="quiet"
                aria-label={say('plan_undo_move_of', { move: text })}
                onClick={() => setMoves(moves.filter((one) => one !== move))}
              >
                {say('plan_undo_move')}
              </button>
            </li>
          );
        })}
      </ul>
      <div aria-live="polite">
        {priced === null && problem === null && <p class="note">{say('plan_pricing')}</p>}
        {problem !== null && (
          <p class="alert">
            {say('plan_refused', { reason: problem })}{' '}
            <button type="button" class="quiet" onClick={() => setTurn(turn + 1)}>
              {say('again')}
            </button>
          </p>
        )}
        {priced && (
          <>
            <Price priced={priced} words={words} />
            <Rules rules={priced.rules} {...{ words, despite, setDespite }} />
          </>
        )}
      </div>
      {priced && <Told proposal={priced} words={words} />}
      <div class="actions">
        <button
          type="button"
          disabled={priced === null || busy || !acceptable(priced.rules, despite)}
          onClick={send(async () => priced && accept({ basedOn: priced.based_on, despite }))}
        >
          {say('plan_accept_now')}
        </button>
        <button type="button" class="quiet" disabled={priced === null || busy} onClick={send(keep)}>
          {say('plan_keep')}
        </button>
        <button type="button" class="quiet" onClick={() => setMoves([])}>
          {say('plan_drop_moves')}
        </button>
      </div>
    </section>
  );
}
