// Who changed a file, what of it, and when.
import { useEffect, useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Page } from '../../service/types.ts';
import type { Language, Say } from '../texts.ts';
import { useAsked } from '../parts/useAsked.ts';
import { momentText } from './moments.ts';
import type { FileChange } from './types.ts';
import { fieldText, wordOf } from './words.ts';

interface Properties {
  client: Client;
  say: Say;
  language: Language;
  zone: string;
  path: string;
  /** Differs whenever the file was changed. */
  news: string;
}

const STEP = 20;
const TELLING = /\.(change|import)$/; // of which fields is worth a word

export function History({ client, say, language, zone, path, news }: Properties) {
  const [limit, setLimit] = useState(STEP);
  const { answer: content, again } = useAsked<Page<FileChange>>(client, say, `${path}?limit=${limit}`, { keep: true });
  useEffect(again, [news]);
  if (content === null) return null;
  return (
    <section class="group">
      <h3>{say('part_history')}</h3>
      {content.total === 0 && <p class="note">{say('no_history')}</p>}
      <ul class="history">
        {content.items.map((one) => (
          <li key={`${one.at}${one.action}`}>
            <time dateTime={one.at}>{momentText(one.at, zone, language)}</time> <b>{one.actor}</b>{' '}
            {wordOf(say, 'action', one.action.replace(/^\w+\./, ''))}{' '}
            {TELLING.test(one.action) && (one.detail.fields ?? []).map((field) => fieldText(say, field)).join(say('list_mark'))}
          </li>
        ))}
      </ul>
      {content.total > limit && (
        <button type="button" class="quiet" onClick={() => setLimit(Math.min(limit + STEP, 500))}>
          {say('more_history')}
        </button>
      )}
    </section>
  );
}
