// What an import would do: counts, and every row that is new, changed, refused, unlocated or doubtful.
import { useState } from 'preact/hooks';

import type { Key, Language, Say } from '../texts.ts';
import { KINDS, type Preview } from './importing.ts';
import { rosterHash } from './places.ts';
import type { Finding, ImportReport, RecordChange } from './types.ts';
import { fieldText, valueText, wordOf } from './words.ts';

interface Properties {
  say: Say;
  language: Language;
  report: ImportReport;
  seen: Preview;
}

export function ImportPreview({ say, language, report, seen }: Properties) {
  const finding = (one: Finding, key: number) => <FindingItem key={key} {...{ say, language, one }} />;
  return (
    <>
      <CountTable {...{ say, report }} />
      <Part {...{ say }} title="import_refused" items={seen.refused} show={finding} open />
      <Part {...{ say }} title="import_unlocated" items={seen.unlocated} show={finding} open />
      <Part {...{ say }} title="import_changed" items={seen.changed} show={(one) => <Changed key={one.kind + one.code} {...{ say, one }} />} open />
      <Part {...{ say }} title="import_fresh" items={seen.fresh} show={(one) => <Changed key={one.kind + one.code} {...{ say, one }} />} />
      <Part {...{ say }} title="import_others" items={seen.others} show={finding} />
      <Part
        {...{ say }}
        title="import_missing"
        items={seen.missing}
        show={({ kind, code, name }) => (
          <li key={kind + code}>
            {wordOf(say, 'kind', kind)} {code} {name}
          </li>
        )}
      />
    </>
  );
}

const STEP = 100;

interface PartProperties<Item> {
  say: Say;
  title: Key;
  items: readonly Item[];
  show: (item: Item, index: number) => preact.JSX.Element;
  open?: boolean;
}

function Part<Item>({ say, title, items, show, open }: PartProperties<Item>) {
  const [most, setMost] = useState(STEP);
  if (items.length === 0) return null;
  return (
    <details class="group" open={open ?? false}>
      <summary>
        {say(title)} <b>{items.length}</b>
      </summary>
      <ul class="import-rows">{items.slice(0, most).map(show)}</ul>
      {items.length > most && (
        <button type="button" class="quiet" onClick={() => setMost(most + STEP)}>
          {say('import_more', { count: Math.min(STEP, items.length - most) })}
        </button>
      )}
    </details>
  );
}

function Changed({ say, one }: { say: Say; one: RecordChange }) {
  return (
    <li>
      <span class="note">
        {say('import_row')} {one.row}
      </span>{' '}
      {one.kind === 'elders' && !one.new ? (
        <a href={rosterHash('elders', one.code)}>
          {one.code} {one.name}
        </a>
      ) : (
        <>
          {wordOf(say, 'kind', one.kind)} {one.code} {one.name}
        </>
      )}
      {one.fields.length > 0 && (
        <ul>
          {one.fields.map(({ field, before, after }) => (
            <li key={field}>
              <b>{fieldText(say, field)}</b>{' '}
              {say('import_was', { before: valueText(say, field, before), after: valueText(say, field, after) })}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function FindingItem({ say, language, one }: { say: Say; language: Language; one: Finding }) {
  const [message, advice] = language === 'zh' ? [one.message_zh, one.advice_zh] : [one.message, one.advice];
  return (
    <li>
      <span class="note">
        {one.file} {one.sheet} {one.row !== null && `${say('import_row')} ${one.row}`}
      </span>{' '}
      {one.column} {one.value !== null && <q>{one.value}</q>} <b>{message}</b> {advice}
    </li>
  );
}

function CountTable({ say, report }: { say: Say; report: ImportReport }) {
  const columns = [
    ['import_read', 'read'], ['import_fresh', 'imported'], ['import_changed', 'updated'],
    ['import_refused', 'rejected'], ['import_same', 'duplicates'], ['import_empty', 'empty'],
    ['import_unlocated', 'unlocated'],
  ] as const; // prettier-ignore
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('import_counts')}>
      <table>
        <caption>{say('import_counts')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('import_kind')}</th>
            {columns.map(([key]) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => {
            const counts = report.counts[kind];
            return (
              counts && (
                <tr key={kind}>
                  <th scope="row">{wordOf(say, 'kind', kind)}</th>
                  {columns.map(([key, name]) => (
                    <td key={key} class="number">
                      {counts[name]}
                    </td>
                  ))}
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
