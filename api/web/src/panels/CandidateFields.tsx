// Where candidates come from: found by the service, drawn on the map, or read from a file.
import { useRef, useState } from 'preact/hooks';

import { type Form, SOURCES } from '../choosing.ts';
import type { Planning } from '../service/planning.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { Figure } from './WishFields.tsx';

interface Properties {
  planning: Planning;
  state: State;
  drawable: boolean;
  say: Say;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  middle: () => [lon: number, lat: number] | null;
}

export function CandidateFields(properties: Properties) {
  const { state, say, tell } = properties;
  const { form } = state.choosing;
  const wish = (change: Partial<Form>) => tell({ type: 'wish', form: change });
  return (
    <fieldset>
      <legend>{say('wish_candidates')}</legend>
      {SOURCES.map((source) => (
        <label key={source} class="tick">
          <input
            type="radio"
            name="source"
            checked={form.source === source}
            onChange={() => wish({ source })}
          />
          {say(`source_${source}`)}
        </label>
      ))}
      {(form.source === 'hexagons' || form.source === 'streets') && (
        <Figure form={form} field="grid" says="wish_grid" say={say} wish={wish} />
      )}
      {form.source === 'drawn' && <Drawn {...properties} />}
      {form.source === 'file' && <Read {...properties} />}
    </fieldset>
  );
}

function Drawn({ state: { choosing }, drawable, say, tell, middle }: Properties) {
  const { drawing, drawn } = choosing;
  const nextName = () => say('drawn_name', { number: drawn.length + 1 });
  const draw = (on: boolean) => {
    tell({ type: 'put down' }); // one hand: a click places a site or adds a candidate, never both
    tell({ type: 'draw candidates', on });
  };
  const addMiddle = () => {
    const at = middle();
    if (at !== null) tell({ type: 'add candidate', at, name: nextName() });
  };
  return (
    <>
      {drawable && (
        <div class="actions">
          <button type="button" class="quiet" aria-pressed={drawing} onClick={() => draw(!drawing)}>
            {say(drawing ? 'draw_end' : 'draw_start')}
          </button>
          <button type="button" class="quiet" onClick={addMiddle}>
            {say('draw_middle')}
          </button>
        </div>
      )}
      <p class="note" role="status">
        {drawing ? `${say('draw_hint')} ` : ''}
        {say('drawn_count', { count: drawn.length })}
      </p>
      <ol class="drawn">
        {drawn.map((spot, place) => {
          const name = spot.name ?? '';
          return (
            <li key={place}>
              <input
                aria-label={say('drawn_name_of', { number: place + 1 })}
                maxLength={80}
                value={name}
                onInput={({ currentTarget: { value } }) =>
                  tell({ type: 'edit candidate', place, spot: { name: value || null } })
                }
              />
              <input
                type="number"
                min={0}
                step="any"
                aria-label={say('drawn_cost_of', { name })}
                placeholder={say('drawn_cost')}
                value={spot.cost ?? ''}
                onInput={({ currentTarget: { value } }) =>
                  tell({ type: 'edit candidate', place, spot: { cost: value === '' ? null : Number(value) } })
                }
              />
              <button
                type="button"
                class="quiet"
                aria-label={say('drawn_drop', { name })}
                onClick={() => tell({ type: 'drop candidate', place })}
              >
                ×
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}

const SYSTEMS = ['', 'WGS-84', 'GCJ-02', 'BD-09', 'CGCS2000'] as const;

function Read({ planning, state, say, tell, reason }: Properties) {
  const { read, reading } = state.choosing;
  const [crs, setCrs] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const send = (system: string) => {
    const file = field.current?.files?.[0];
    if (file === undefined) return;
    planning.candidates(file, system).then(
      (found) => tell({ type: 'read candidates', name: file.name, file: found }),
      (error: unknown) => tell({ type: 'candidates trouble', reason: reason(error) }),
    );
  };
  const unreachable = read?.file.candidates.filter((one) => one.reason !== null) ?? [];
  return (
    <>
      <label>
        {say('file_choose')}
        <input
          ref={field}
          type="file"
          accept=".csv,.tsv,.txt,.geojson,.json,.gpkg,.zip"
          onChange={() => send(crs)}
        />
      </label>
      <label>
        {say('file_crs')}
        <select
          value={crs}
          onChange={({ currentTarget: { value } }) => {
            setCrs(value);
            send(value);
          }}
        >
          {SYSTEMS.map((system) => (
            <option key={system} value={system}>
              {system || say('file_crs_file')}
            </option>
          ))}
        </select>
      </label>
      <div aria-live="polite">
        {reading !== null && <p class="alert">{say('file_failed', { reason: reading })}</p>}
        {read !== null && (
          <p class="note">{say('file_read', { name: read.name, count: read.file.candidates.length })}</p>
        )}
        {unreachable.length > 0 && (
          <>
            <p class="alert">{say('file_unreachable', { count: unreachable.length })}</p>
            <ul class="notes">
              {unreachable.slice(0, SHOWN).map(({ name, reason: why }, place) => (
                <li key={place}>{name === null ? why : `${name}: ${why}`}</li>
              ))}
            </ul>
          </>
        )}
        {read !== null && read.file.findings.length > 0 && (
          <details>
            <summary>{say('file_findings')}</summary>
            <ul class="notes">
              {read.file.findings.map(({ text }, place) => (
                <li key={place}>{text}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </>
  );
}

const SHOWN = 10; // of the candidates that nobody can walk to
