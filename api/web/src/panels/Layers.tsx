// Which layers are drawn, and whose delivery routes of which published plan.
import type { Service } from '../service/types.ts';
import { couriers, type Event, type State } from '../state.ts';
import type { Say } from '../texts.ts';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
  onService: (service: Service | null) => void;
}

export function Layers({ state, say, tell, onService }: Properties) {
  return (
    <fieldset class="layers">
      <legend>{say('layers')}</legend>
      {(['sites', 'routes'] as const).map((layer) => (
        <label key={layer} class="tick">
          <input
            type="checkbox"
            checked={state.shown[layer]}
            onChange={() => tell({ type: 'toggle', layer })}
          />
          {say(layer === 'sites' ? 'layer_sites' : 'layer_routes')}
        </label>
      ))}
      {state.shown.routes && <Plans state={state} say={say} tell={tell} onService={onService} />}
    </fieldset>
  );
}

function Plans({ state, say, tell, onService }: Properties) {
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
