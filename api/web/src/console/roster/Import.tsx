// Import lists: choose or drop files, see every change, then apply; nothing is saved before.
import { useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { useSending } from './sending.ts';
import { ChosenFiles } from './ChosenFiles.tsx';
import { Said } from './fields/Said.tsx';
import { chosenSafely, saveFile } from './files.ts';
import { type Chosen, FILE_KINDS, changesAnything, kindOf, previewOf, uploadOf } from './importing.ts';
import { ImportPreview } from './ImportPreview.tsx';
import { rosterHash } from './places.ts';
import type { ImportReport } from './types.ts';
import { wordOf } from './words.ts';

const IMPORTS = '/api/v1/imports';
const RUN = 'x-import-run'; // the header that tells the number of an import

/** How far an import has come. */
interface Course {
  files: readonly Chosen[];
  /** The preview; null: not asked for, or of other files. */
  report: ImportReport | null;
  workbook: Blob | null;
  done: Done | null;
}

const START: Course = { files: [], report: null, workbook: null, done: null };

/** What was chosen and shown, so that it is still there after a look at a file. */
let held = START;

interface Done {
  fresh: number;
  changed: number;
  refused: number;
}

export function Import({ client, say, language, may }: ViewProperties) {
  const sending = useSending(say);
  const [{ files, report, workbook, done }, setCourse] = useState(held);
  const put = (part: Partial<Course>) => {
    held = { ...held, ...part };
    setCourse(held);
  };
  const take = (given: Iterable<File>) => {
    const chosen = [...given].map((file) => ({ file, kind: kindOf(file.name) }));
    put({ ...START, files: [...(done ? [] : files), ...chosen] });
  };
  const preview = async () => {
    const body = uploadOf(files);
    const found = await sending.run(() => client.send<ImportReport>(`${IMPORTS}?dry_run=true`, { method: 'POST', body }));
    if (found !== null) put({ report: found });
  };
  const apply = async () => {
    const kept = await sending.run(() => client.sendForFile(`${IMPORTS}?report=xlsx`, uploadOf(files), RUN));
    if (kept === null) return;
    put({ workbook: kept.file });
    const run = await sending.run(() => client.get<Pick<ImportReport, 'counts'>>(`${IMPORTS}/${kept.told ?? ''}`));
    if (run !== null) put({ done: sumOf(run.counts) });
  };
  const download = async () => {
    const rehearsal = `${IMPORTS}?dry_run=true&report=xlsx`; // before anything was applied there is none yet
    const made = async () => (await sending.run(() => client.sendForFile(rehearsal, uploadOf(files), RUN)))?.file;
    const file = workbook ?? (await made());
    if (file) saveFile(file, 'import-report.xlsx');
  };
  if (!may.has('import_roster')) return <Templates {...{ say, language }} only />;
  const seen = report && previewOf(report);
  return (
    <>
      <Templates {...{ say, language }} only={false} />
      <ChosenFiles
        {...{ say, files }}
        busy={sending.busy}
        take={take}
        change={(next) => put({ ...START, files: next })}
      />
      {files.length > 0 && done === null && (
        <div class="actions">
          <button type="button" disabled={sending.busy || !chosenSafely(files)} onClick={() => void preview()}>
            {say('import_preview')}
          </button>
          {sending.busy && <span role="status">{report === null ? say('import_reading') : say('import_applying')}</span>}
        </div>
      )}
      <Said {...{ say, sending }} />
      {report !== null && seen !== null && (
        <>
          <div class="import-decision" aria-live="polite">
            {done === null ? (
              <p>{changesAnything(report) ? say('import_nothing_yet') : say('import_no_change')}</p>
            ) : (
              <p class="well">{say('import_done', { ...done })}</p>
            )}
            <div class="actions">
              {done === null && changesAnything(report) && (
                <button type="button" disabled={sending.busy} onClick={() => void apply()}>
                  {say('import_apply', { fresh: seen.fresh.length, changed: seen.changed.length })}
                </button>
              )}
              <button type="button" class="quiet" disabled={sending.busy} onClick={() => void download()}>
                {say('import_report')}
              </button>
              {done !== null && seen.unlocated.length > 0 && (
                <a href={rosterHash('unlocated')}>{say('import_unlocated_link')}</a>
              )}
              {done !== null && (
                <button type="button" class="quiet" onClick={() => put(START)}>
                  {say('import_other')}
                </button>
              )}
            </div>
          </div>
          <ImportPreview {...{ say, language, report, seen }} />
        </>
      )}
    </>
  );
}

function Templates({ say, language, only }: Pick<ViewProperties, 'say' | 'language'> & { only: boolean }) {
  return (
    <>
      {only && <p>{say('import_only_admins')}</p>}
      <p class="note templates">
        {say('import_templates')}
        {FILE_KINDS.map((kind) => (
          <a key={kind} lang={language} href={`${IMPORTS}/templates/${kind}.xlsx`}>
            {wordOf(say, 'kind', kind)}
          </a>
        ))}
      </p>
    </>
  );
}

function sumOf(counts: ImportReport['counts']): Done {
  const kinds = Object.values(counts);
  const sum = (name: 'imported' | 'updated' | 'rejected') => kinds.reduce((total, one) => total + one[name], 0);
  return { fresh: sum('imported'), changed: sum('updated'), refused: sum('rejected') };
}
