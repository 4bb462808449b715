// The search at the counter: whoever is found is recorded with one press, or with Enter.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Eaten } from '../../service/delivery.ts';
import type { ElderRow } from '../../service/files.ts';
import type { Page } from '../../service/types.ts';
import { clockText } from '../parts/times.ts';
import type { ViewProperties } from '../view.ts';
import { chosenBy, MOST_FOUND, recordedBy, type WayHere } from './recording.ts';

interface Properties extends ViewProperties {
  way: WayHere;
  /** Record a meal of an elder by code; whether it is kept. */
  record: (code: string) => Promise<boolean>;
  waiting: boolean;
  /** Why the last record was refused. */
  problem: string | null;
  records: readonly Eaten[];
}

/** Somebody is typing: asked is when the keys rest so long. */
const REST = 250; // milliseconds

export function EatenSearch(properties: Properties) {
  const { client, say, way, record, waiting, problem } = properties;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ text: string; page: Page<ElderRow> } | null>(null);
  const ask = async (typed: string) => {
    const page = await client.get<Page<ElderRow>>(`/api/v1/elders?q=${encodeURIComponent(typed)}&limit=${MOST_FOUND}`);
    return { text: typed, page };
  };
  useEffect(() => {
    const typed = text.trim();
    if (typed === '') return setFound(null);
    let overtaken = false;
    const resting = setTimeout(() => {
      ask(typed).then(
        (answer) => !overtaken && setFound(answer),
        () => !overtaken && setFound(null), // the code itself can still be recorded
      );
    }, REST);
    return () => {
      overtaken = true;
      clearTimeout(resting);
    };
  }, [text, client]);
  const take = async (code: string) => {
    if (waiting || !(await record(code))) return;
    setText('');
    field.current?.focus();
  };
  const enter = async (event: Event) => {
    event.preventDefault();
    const typed = text.trim();
    if (typed === '') return;
    // A card reader sends the number and Enter at once: who it is must be asked first.
    const page = found?.text === typed ? found.page : (await ask(typed).catch(() => null))?.page;
    const code = chosenBy(typed, page?.items ?? []);
    if (page !== undefined) setFound({ text: typed, page });
    if (code !== null) await take(code);
  };
  return (
    <div class="counter">
      <form role="search" onSubmit={(event) => void enter(event)}>
        <label>
          {say('eaten_search')}
          <input
            ref={field}
            type="search"
            autocomplete="off"
            maxLength={80}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      </form>
      <div role="alert">{problem !== null && <p class="alert">{problem}</p>}</div>
      <div role="status">
        {found !== null && found.page.total === 0 && <p class="note">{say('eaten_nobody')}</p>}
        {found !== null && found.page.total > found.page.items.length && (
          <p class="note">{say('eaten_more', { count: found.page.total - found.page.items.length })}</p>
        )}
      </div>
      <Found {...properties} rows={found?.page.items ?? []} take={take} way={way} />
    </div>
  );
}

interface FoundProperties extends Properties {
  rows: readonly ElderRow[];
  take: (code: string) => Promise<void>;
}

function Found({ say, zone, way, waiting, records, rows, take }: FoundProperties) {
  const recorded = recordedBy(records);
  return (
    <ul class="found-elders">
      {rows.map((one) => {
        const before = recorded.get(one.code);
        return (
          <li key={one.code}>
            <span>
              <strong>{one.name}</strong> {one.code} · {one.compound ?? '–'}
              {one.phone !== null && <> · …{one.phone.slice(-4)}</>}
              {before !== undefined && (
                <strong class="before">
                  {' '}
                  {say('eaten_already', { at: clockText(before.at, zone), way: say(`eaten_way_${before.way}`) })}
                </strong>
              )}
            </span>
            <button
              type="button"
              disabled={waiting}
              aria-label={say('eaten_record_of', { way: say(`eaten_way_${way}`), name: one.name, code: one.code })}
              onClick={() => void take(one.code)}
            >
              {say('eaten_record')}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
