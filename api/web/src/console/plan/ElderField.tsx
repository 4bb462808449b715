// Finds an elder by whatever the service searches for, and holds the one that was chosen.
import { useEffect, useId, useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Page } from '../../service/types.ts';
import { sentence } from './loading.ts';
import type { Person } from './types.ts';
import type { Words } from './words.ts';

interface Properties {
  client: Client;
  words: Words;
  /** Code of the chosen one; empty: nobody yet. */
  value: string;
  choose: (code: string) => void;
}

const WAIT = 250; // milliseconds after the last key
const SHOWN = 8;

export function ElderField({ client, words: { say }, value, choose }: Properties) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Person[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    const text = query.trim();
    if (text === '') return setFound(null);
    let old = false;
    const timer = setTimeout(() => {
      client.get<Page<Person>>(`/api/v1/elders?limit=${SHOWN}&q=${encodeURIComponent(text)}`).then(
        (page) => {
          if (old) return;
          setFound(page.items);
          setProblem(null);
        },
        (error: unknown) => !old && setProblem(sentence(error, say)),
      );
    }, WAIT);
    return () => {
      old = true;
      clearTimeout(timer);
    };
  }, [query, client]);
  if (value !== '')
    return (
      <p class="chosen-elder">
        {say('plan_elder_chosen', { who: name === null ? value : `${name} · ${value}` })}{' '}
        <button type="button" class="quiet" onClick={() => choose('')}>
          {say('plan_elder_other')}
        </button>
      </p>
    );
  return (
    <div class="elder-field">
      <label for={id}>{say('plan_elder')}</label>
      <input id={id} type="search" autocomplete="off" value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {found?.length === 0 && <p class="note">{say('plan_elder_none')}</p>}
      </div>
      {found && found.length > 0 && (
        <ul class="found-elders">
          {found.map((one) => (
            <li key={one.code}>
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  setName(one.name);
                  setFound(null);
                  setQuery('');
                  choose(one.code);
                }}
              >
                {one.name} · {one.code}
                {one.phone && ` · ${one.phone}`}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
