// Files of what is worked on, a report on paper, and the map on the screen as a picture.
import { useState } from 'preact/hooks';

import { type FileLayer, filesOf } from '../downloads.ts';
import { onPaper } from '../map/paper.ts';
import type { MapOnPage } from '../map/view.ts';
import { legendOf, sourceOf, titleOf } from '../picture.ts';
import type { State } from '../state.ts';
import type { Key, Language, Say } from '../texts.ts';

interface Properties {
  state: State;
  say: Say;
  language: Language;
  /** Whether files of coverage are for whoever looks at the page. */
  planning: boolean;
  /** The open map; null where there is none. */
  map: { current: MapOnPage | null } | null;
}

const SHARP = 2;
const NAMES: Record<FileLayer, Key> = {
  sites: 'file_sites',
  cells: 'layer_cells',
  bands: 'layer_bands',
  areas: 'layer_areas',
};

export function Downloads({ state, say, language, planning, map }: Properties) {
  const { working } = state;
  const name = working.name || say(working.number === null ? 'now' : 'working');
  return (
    <details class="part downloads">
      <summary>{say('downloads')}</summary>
      {planning && <Links {...{ state, say, language }} name={name} />}
      {planning && !working.saved && <p class="note">{say('unsaved_files')}</p>}
      {map !== null && <PictureButton {...{ state, say, map }} />}
    </details>
  );
}

function Links({ state, say, language, name }: Omit<Properties, 'planning' | 'map'> & { name: string }) {
  const files = filesOf(state, language);
  return (
    <>
      <p class="note">{say('files_of', { name })}</p>
      <ul class="files">
        <li>
          <a href={files.report} download>
            {say('file_report')}
          </a>
        </li>
        <li>
          <a href={files.package} download>
            {say('file_package')}
          </a>
        </li>
        {files.layers.map(({ layer, geojson, csv }) => (
          <li key={layer}>
            {say('file_layer', { layer: say(NAMES[layer]) })}{' '}
            <a href={geojson} download={`${layer}.geojson`} aria-label={`${say(NAMES[layer])} GeoJSON`}>
              GeoJSON
            </a>{' '}
            <a href={csv} download aria-label={`${say(NAMES[layer])} CSV`}>
              CSV
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function PictureButton({ state, say, map }: Pick<Properties, 'state' | 'say'> & { map: { current: MapOnPage | null } }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const beside = state.comparing.onMap;
  const draw = async () => {
    if (map.current === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const shot = await map.current.shot(SHARP);
      const [title, source] = [titleOf(state, say), sourceOf(state, say)];
      save(await onPaper({ title, source, legend: legendOf(state, say), shot }), `${say('picture_name')}.png`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="actions">
      <button type="button" class="quiet" disabled={busy || beside} onClick={() => void draw()}>
        {say('picture')}
      </button>
      <p role="status" class="note">
        {problem !== null
          ? say('picture_failed', { reason: problem })
          : busy
            ? say('picture_busy')
            : beside
              ? say('picture_beside')
              : ''}
      </p>
    </div>
  );
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
