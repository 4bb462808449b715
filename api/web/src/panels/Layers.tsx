// Which layers are drawn, with what their colours mean; and whose routes of which published plan.
import type { Service } from '../service/types.ts';
import { COVERAGE_LAYERS } from '../shapes.ts';
import { couriers, type Event, type Layer, LAYERS, type State } from '../state.ts';
import type { Say } from '../texts.ts';
import { hasAreas } from '../trial.ts';
import { CoverageLegend } from './CoverageLegend.tsx';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
  /** Whether layers of coverage are offered. */
  planning: boolean;
  onService: (service: Service | null) => void;
}

const FOR_ALL: readonly Layer[] = ['sites', 'routes'];

export function Layers({ state, say, tell, planning, onService }: Properties) {
  return (
    <fieldset class="layers">
      <legend>{say('layers')}</legend>
      {LAYERS.filter((layer) => planning || FOR_ALL.includes(layer)).map((layer) => (
        <div key={layer}>
          <label class="tick">
            <input
              type="checkbox"
              checked={state.shown[layer]}
              onChange={() => tell({ type: 'toggle', layer })}
            />
            {say(`layer_${layer}`)}
          </label>
          {state.shown[layer] && <CoverageLegend layer={layer} state={state} say={say} />}
        </div>
      ))}
      <div aria-live="polite">
        {planning && state.shown.areas && state.trying.sets !== null && !hasAreas(state.trying) && (
          <p class="note">{say('no_areas')}</p>
        )}
        {COVERAGE_LAYERS.filter((layer) => planning && state.shown[layer]).map((layer) => {
          const problem = state.shapes[layer]?.problem ?? null;
          return (
            problem !== null && (
              <p key={layer} class="note">
                {say('layer_failed', { layer: say(`layer_${layer}`), reason: problem })}
              </p>
            )
          );
        })}
      </div>
      {state.shown.routes && <Plans {...{ state, say, tell, onService }} />}
    </fieldset>
  );
}

function Plans({ state, say, tell, onService }: Omit<Properties, 'planning'>) {
  if (state.services.length === 0) return <p class="note">{say('no_plans')}</p>;
  const chosen = state.service ? state.services.indexOf(state.service) : -1;
  const known = couriers(state.routes);
  return (
    <>
      <label>
        {say('service')}
        <select
          value={chosen}
          onChange={(event) => onService(state.services[Number(event.currentTarget.value)] ?? null)}
        >
          <option value={-1}>{say('no_service')}</option>
          {state.services.map((service, place) => (
            <option key={place} value={place}>{`${service.day} ${say(service.meal)}`}</option>
          ))}
        </select>
      </label>
      {known.length > 0 && (
        <label>
          {say('courier')}
          <select
            value={state.courier ?? ''}
            onChange={(event) =>
              tell({ type: 'choose courier', courier: event.currentTarget.value || null })
            }
          >
            <option value="">{say('all_couriers', { count: known.length })}</option>
            {known.map(({ code, trips, portions }) => (
              <option key={code} value={code}>
                {`${code}  ${say('trips_of', { trips, portions })}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {known.length > 0 && state.routes.every((route) => route.geometry === null) && (
        <p class="note">{say('no_ways')}</p>
      )}
    </>
  );
}
