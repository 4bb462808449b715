// The choice of two scenarios, their figures side by side, and whether the map shows both.
import { useEffect, useState } from 'preact/hooks';

import { COMPARED_LAYERS } from '../comparing.ts';
import type { Planning } from '../service/planning.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { CoverageLegend } from './CoverageLegend.tsx';
import { ComparisonTables } from './ComparisonTables.tsx';
import { nameOf, ScenarioSelect } from './ScenarioSelect.tsx';

interface Properties {
  planning: Planning;
  state: State;
  drawable: boolean;
  say: Say;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
}

export function Compare({ planning, state, drawable, say, tell, reason }: Properties) {
  const { comparing, listed, trying, working } = state;
  const list = listed.list ?? [];
  const [chosen, choose] = useState<{ before: number | null; after: number | null }>(comparing);
  const { population, boundaries } = trying;
  const { before, after, asking } = comparing;

  // Who opens or makes a scenario most likely wants it beside the present.
  useEffect(() => choose((now) => ({ ...now, after: working.number ?? now.after })), [working.number]);
  useEffect(() => choose({ before, after }), [before, after]);
  useEffect(() => {
    if (!asking) return;
    planning.compare(before, after, { population, boundaries }).then(
      (comparison) => tell({ type: 'compared', before, after, comparison }),
      (error: unknown) => tell({ type: 'compare trouble', before, after, reason: reason(error) }),
    );
  }, [asking, before, after]);

  const names = { before: nameOf(list, before, say), after: nameOf(list, after, say) };
  return (
    <>
      <ScenarioSelect
        label={say('compare_before')}
        list={list}
        chosen={chosen.before}
        say={say}
        onChoose={(number) => choose({ ...chosen, before: number })}
      />
      <ScenarioSelect
        label={say('compare_after')}
        list={list}
        chosen={chosen.after}
        say={say}
        onChoose={(number) => choose({ ...chosen, after: number })}
      />
      <div class="actions">
        <button
          type="button"
          disabled={chosen.before === chosen.after || asking}
          onClick={() => tell({ type: 'compare', ...chosen })}
        >
          {say('compare_start')}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => choose({ before: chosen.after, after: chosen.before })}
        >
          {say('compare_swap')}
        </button>
      </div>
      {chosen.before === chosen.after && <p class="note">{say('compare_same')}</p>}
      {!working.saved && <p class="note">{say('compare_saved_only')}</p>}
      <div aria-live="polite">
        {asking && <p class="note">{say('figures_asking')}</p>}
        {comparing.trouble !== null && (
          <p class="alert">{say('compare_failed', { reason: comparing.trouble })}</p>
        )}
      </div>
      {comparing.comparison !== null && (
        <>
          {drawable && <OnMap state={state} say={say} tell={tell} />}
          <ComparisonTables comparison={comparing.comparison} {...names} say={say} />
        </>
      )}
    </>
  );
}

function OnMap({ state, say, tell }: Pick<Properties, 'state' | 'say' | 'tell'>) {
  const { comparing } = state;
  return (
    <div class="on-map">
      <label class="tick">
        <input
          type="checkbox"
          checked={comparing.onMap}
          onChange={(event) => tell({ type: 'compare on map', on: event.currentTarget.checked })}
        />
        {say('compare_on_map')}
      </label>
      <p class="note" role="status">
        {comparing.onMap && comparing.shapes === null && say('loading')}
      </p>
      {comparing.onMap && (
        <label>
          {say('compare_layer')}
          <select
            value={comparing.layer}
            onChange={(event) => {
              const layer = COMPARED_LAYERS.find((one) => one === event.currentTarget.value);
              if (layer) tell({ type: 'compare layer', layer });
            }}
          >
            {COMPARED_LAYERS.map((layer) => (
              <option key={layer} value={layer}>
                {say(`compare_${layer}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {comparing.onMap && <CoverageLegend layer={comparing.layer} state={state} say={say} />}
    </div>
  );
}
