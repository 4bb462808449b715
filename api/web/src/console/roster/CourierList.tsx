// Search the couriers: by name, pinyin initials, the phone's last digits or code.
import { useEffect, useState } from 'preact/hooks';

import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { hour } from './editing.ts';
import { TextField } from './fields/Field.tsx';
import { Pages } from './Pages.tsx';
import { rosterHash } from './places.ts';
import type { Courier } from './types.ts';
import { weekdaysText, wordOf } from './words.ts';

const LIMIT = 50;

export function CourierList({ client, say, may }: ViewProperties) {
  const [words, setWords] = useState('');
  const [asked, ask] = useState({ words: '', offset: 0 });
  useEffect(() => {
    if (words === asked.words) return;
    const timer = setTimeout(() => ask({ words, offset: 0 }), 250);
    return () => clearTimeout(timer);
  }, [words, asked]);
  const query = asked.words.trim() ? `&q=${encodeURIComponent(asked.words)}` : '';
  const path = `/api/v1/couriers?limit=${LIMIT}&offset=${asked.offset}${query}`;
  const { answer: content, problem } = useAsked<Page<Courier>>(client, say, path, { keep: true });
  return (
    <>
      <div class="finder" role="search">
        {may.has('change_couriers') && (
          <TextField wide type="search" label={say('find_couriers')} value={words} onValue={setWords} />
        )}
        {may.has('change_couriers') && (
          <a class="as-button" href={rosterHash('couriers', 'new')}>
            {say('new_courier')}
          </a>
        )}
      </div>
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {content && <p class="note">{content.total === 0 ? say('found_none') : say('found_count', { count: content.total })}</p>}
      </div>
      {content && content.total > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={say('roster_couriers')}>
          <table>
            <thead>
              <tr>
                {(['field_code', 'field_name', 'field_phone', 'field_canteen', 'field_mode', 'field_boxes', 'field_shifts', 'state'] as const).map(
                  (key) => (
                    <th key={key} scope="col">
                      {say(key)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {content.items.map((one) => (
                <tr key={one.code}>
                  <td>{one.code}</td>
                  <th scope="row">
                    <a href={rosterHash('couriers', one.code)}>{one.name ?? one.code}</a>
                  </th>
                  <td class="number">{one.phone}</td>
                  <td>{one.canteen}</td>
                  <td>{wordOf(say, 'mode', one.mode)}</td>
                  <td class="number">{one.boxes}</td>
                  <td>
                    {one.shifts
                      .map((shift) => `${weekdaysText(say, shift.weekdays)} ${hour(shift.starts)}–${hour(shift.ends)}`)
                      .join('; ')}
                  </td>
                  <td>{!one.active && say('no_longer_comes')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {content && (
        <Pages {...{ say }} offset={asked.offset} limit={LIMIT} total={content.total} go={(offset) => ask({ ...asked, offset })} />
      )}
    </>
  );
}
