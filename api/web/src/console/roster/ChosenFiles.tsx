// The files of an import: chosen or dropped, each with the kind of list that it is.
import { useId, useState } from 'preact/hooks';

import type { Say } from '../texts.ts';
import { type Chosen, FILE_KINDS, type FileKind } from './importing.ts';
import { wordOf } from './words.ts';

interface Properties {
  say: Say;
  files: readonly Chosen[];
  busy: boolean;
  take: (files: Iterable<File>) => void;
  change: (files: readonly Chosen[]) => void;
}

export function ChosenFiles({ say, files, busy, take, change }: Properties) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy && event.dataTransfer) take(event.dataTransfer.files);
  };
  return (
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label for={id}>{say('import_choose')}</label>
      <input
        id={id}
        type="file"
        multiple
        disabled={busy}
        accept=".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt"
        onChange={(event) => {
          if (event.currentTarget.files) take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <p class="note">{say('import_drop')}</p>
      {files.length > 0 && (
        <ul aria-label={say('import_files')}>
          {files.map(({ file, kind }, index) => (
            <li key={index}>
              <label>
                {file.name}{' '}
                <select
                  disabled={busy}
                  value={kind ?? ''}
                  aria-label={`${say('import_kind')} ${file.name}`}
                  onChange={(event) => {
                    const value = (event.currentTarget.value || null) as FileKind | null;
                    change(files.map((one, k) => (k === index ? { file, kind: value } : one)));
                  }}
                >
                  <option value="">{say('import_kind_unknown')}</option>
                  {FILE_KINDS.map((one) => (
                    <option key={one} value={one}>
                      {wordOf(say, 'kind', one)}
                    </option>
                  ))}
                </select>
              </label>{' '}
              <button
                type="button"
                class="quiet"
                disabled={busy}
                aria-label={`${say('remove')} ${file.name}`}
                onClick={() => change(files.filter((_, k) => k !== index))}
              >
                {say('remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
