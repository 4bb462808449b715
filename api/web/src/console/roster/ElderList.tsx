// Search the elders: by name, pinyin initials, the phone's last digits, compound or code.
import { useEffect, useState } from 'preact/hooks';

import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { Check, TextField } from './fields/Field.tsx';
import { Pages } from './Pages.tsx';
import { rosterHash } from './places.ts';
import type { ElderRow } from './types.ts';
import { wordOf } from './words.ts';

const LIMIT = 50;
const PAUSE = 250; // milliseconds after the last key before the service is asked

/** What was searched for last, so that coming back from a file shows the same list. */
let last = { words: '', ended: false, offset: 0 };

export function ElderList({ client, say, may }: ViewProperties) {
  const [asked, ask] = useState(last);
  const [words, setWords] = useState(asked.words);
  useEffect(() => {
    last = asked;
  }, [asked]);
  useEffect(() => {
    if (words === asked.words) return;
    const timer = setTimeout(() => ask({ ...asked, words, offset: 0 }), PAUSE);
    return () => clearTimeout(timer);
  }, [words, asked]);
  const searches = may.has('change_elders'); // whoever sees people masked may not search by name
  const { words: q, ended, offset } = asked;
  const which = `${q.trim() ? `&q=${encodeURIComponent(q)}` : ''}${ended ? '' : '&ended=false'}`;
  const path = `/api/v1/elders?limit=${LIMIT}&offset=${offset}${which}${ended ? '&ended=' : ''}`;
  const found = useAsked<Page<ElderRow>>(client, say, path, { keep: true });
  const content = found.answer;
  return (
    <>
      <div class="finder" role="search">
        {searches && <TextField wide type="search" label={say('find_elders')} value={words} onValue={setWords} />}
        <Check
          label={say('with_ended')}
          checked={ended}
          onValue={(on) => ask({ ...asked, ended: on, offset: 0 })}
        />
        {searches && (
          <a class="as-button" href={rosterHash('elders', 'new')}>
            {say('new_elder')}
          </a>
        )}
      </div>
      <Failure {...{ say }} asked={found} />
      <div aria-live="polite">
        {content && <p class="note">{content.total === 0 ? say('found_none') : say('found_count', { count: content.total })}</p>}
      </div>
      {content && content.total > 0 && <Rows {...{ say }} rows={content.items} />}
      {content && <Pages {...{ say, offset }} limit={LIMIT} total={content.total} go={(to) => ask({ ...asked, offset: to })} />}
    </>
  );
}

export function Rows({ say, rows }: { say: ViewProperties['say']; rows: readonly ElderRow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('roster_elders')}>
      <table>
        <thead>
          <tr>
            {(['field_code', 'field_name', 'field_phone', 'field_compound', 'field_care_level', 'field_canteen', 'state'] as const).map(
              (key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td>{row.code}</td>
              <th scope="row">
                <a href={rosterHash('elders', row.code)}>{row.name || row.code}</a>
              </th>
              <td class="number">{row.phone}</td>
              <td>{row.compound}</td>
              <td>
                {wordOf(say, 'care_level', row.care_level)}
                {row.lives_alone && ` ${say('field_lives_alone')}`}
              </td>
              <td>{row.canteen}</td>
              <td>
                {row.ended_on !== null && say('ended_since', { day: row.ended_on })}
                {row.ended_on === null && row.unlocated_reason !== null && (
                  <a class="special" href={rosterHash('unlocated', row.code)}>
                    {say('no_place')}
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
