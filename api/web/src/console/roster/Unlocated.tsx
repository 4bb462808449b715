// The queue of elders without a usable place, and a map to put the home of one of them on.
import { useRef, useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { PlaceHome } from './PlaceHome.tsx';
import { rosterHash } from './places.ts';
import type { Unlocated as Row, UnlocatedPage } from './types.ts';
import { wordOf } from './words.ts';

export function Unlocated(properties: ViewProperties & { code: string | null }) {
  const { client, say, may, code, go } = properties;
  const { answer: content, problem, again } = useAsked<UnlocatedPage>(client, say, '/api/v1/unlocated?limit=200');
  const [placed, setPlaced] = useState<string | null>(null);
  const told = useRef<HTMLDivElement>(null);
  const rows = content?.items ?? [];
  const open = rows.find((one) => one.code === code) ?? null;
  const done = (row: Row) => {
    setPlaced(row.name || row.code);
    const next = rows[rows.indexOf(row) + 1] ?? rows.find((one) => one !== row);
    go({ view: 'roster', service: null, rest: next ? ['unlocated', next.code] : ['unlocated'] });
    again();
    told.current?.focus();
  };
  return (
    <>
      <div aria-live="polite" ref={told} tabIndex={-1}>
        {problem !== null && <p class="alert">{problem}</p>}
        {placed !== null && <p class="well">{say('placed', { name: placed })}</p>}
        {content && (
          <p class={content.total > 0 ? undefined : 'well'}>
            {content.total > 0 ? say('unlocated_count', { count: content.total }) : say(seesAll(may) ? 'unlocated_none' : 'unlocated_none_own')}
          </p>
        )}
        {content && content.unkept > 0 && (
          <p class={seesAll(may) ? 'alert' : undefined}>
            {say('unkept_count', { count: content.unkept })}{' '}
            {seesAll(may) ? <a href={rosterHash('unkept')}>{say('unkept_show')}</a> : say('unkept_office')}
          </p>
        )}
      </div>
      {rows.length > 0 && (
        <div class="queue">
          <ul>
            {rows.map((row) => (
              <li key={row.code}>
                <a href={rosterHash('unlocated', row.code)} aria-current={row.code === code ? 'true' : undefined}>
                  <b>{row.name || row.code}</b> {row.compound}
                  <span class="note">{wordOf(say, 'reason', row.reason)}</span>
                </a>
              </li>
            ))}
          </ul>
          {!may.has('change_elders') ? (
            <p class="note">{say('unlocated_by_managers')}</p>
          ) : open === null ? (
            <p class="note">{say('unlocated_choose')}</p>
          ) : (
            <PlaceHome key={open.code} {...properties} row={open} done={() => done(open)} />
          )}
        </div>
      )}
    </>
  );
}

/** Say whether somebody sees the files of all canteens, and of none: administrators and officers. */
function seesAll(may: ReadonlySet<string>): boolean {
  return may.has('import_roster') || !may.has('change_elders');
}
