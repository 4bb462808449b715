// The chosen site: who walks there, and what a scenario may do to it: move, close, resize, hours.
import { countText, minutesOf, shareText } from '../figures.ts';
import type { Change } from '../service/scenarios.ts';
import type { Position } from '../service/types.ts';
import { keyOf, type ShownSite, sitesNow } from '../sites.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { isCurrent, refusals } from '../trial.ts';
import { ShiftPad } from './ShiftPad.tsx';
import { SiteForm } from './SiteForm.tsx';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
  /** Moves the site and looks there. */
  onShift: (site: string, place: Position) => void;
}

export function SiteCard({ state, say, tell, onShift }: Properties) {
  const site = sitesNow(state.sites ?? [], state.working.changes).find(
    (one) => keyOf(one) === state.selected,
  );
  if (site === undefined) return null;
  const { code, name, active } = site.properties;
  const { fate } = site;
  const moving = state.placing.moving === code;
  const usable = active && site.geometry !== null && fate !== 'closed';
  const change = (what: Change) => tell({ type: 'change', change: what });
  return (
    <section class="card site-card" aria-labelledby="chosen">
      <h2 id="chosen" tabIndex={-1}>
        {name} {fate !== 'present' && <small>{say(`fate_${fate}`)}</small>}
      </h2>
      <Walkers state={state} site={site} say={say} />
      {usable && (
        <>
          {moving && site.geometry && (
            <ShiftPad
              place={site.geometry.coordinates}
              say={say}
              onPlace={(place) => onShift(code, place)}
            />
          )}
          <div class="tools">
            <button
              type="button"
              class="quiet"
              onClick={() => tell(moving ? { type: 'put down' } : { type: 'take site', site: code })}
            >
              {say(moving ? 'stop_moving' : 'move')}
            </button>
            <button type="button" class="quiet" onClick={() => change({ do: 'close', site: code })}>
              {say(fate === 'new' ? 'take_away' : 'close_site')}
            </button>
          </div>
          <details>
            <summary>{say(fate === 'new' ? 'details_new' : 'details')}</summary>
            <SiteForm key={code} site={site} say={say} onChange={change} />
          </details>
        </>
      )}
      {fate !== 'present' && fate !== 'new' && (
        <button type="button" class="quiet" onClick={() => tell({ type: 'restore', site: code })}>
          {say('restore')}
        </button>
      )}
    </section>
  );
}

/** Who walks to the site, or why nobody does. */
function Walkers({ state, site, say }: { state: State; site: ShownSite; say: Say }) {
  const { trying } = state;
  const { code, active } = site.properties;
  const refused = refusals(trying).get(code);
  const { catchment, comparison } = trying.trial ?? { catchment: null, comparison: null };
  const ours = trying.answered !== null && trying.answered.site === code;
  const fresh = isCurrent(trying);
  return (
    <div aria-live="polite" aria-busy={!fresh}>
      {refused !== undefined && <p class="alert">{say('refused_place', { reason: refused })}</p>}
      {ours && fresh && catchment === null && refused === undefined && active && site.fate !== 'closed' && (
        <p class="note">{say('not_counted')}</p>
      )}
      {ours && catchment !== null && (
        <dl class="facts-list">
          {catchment.bands.map((band) => (
            <div key={band.seconds} class={band.seconds === comparison?.after.circle_seconds ? 'circle' : ''}>
              <dt>{say('within_minutes', { minutes: minutesOf(band.seconds) })}</dt>
              <dd>
                {countText(band.people)} <small>{shareText(band.share)}</small>
              </dd>
            </div>
          ))}
          <div>
            <dt>{say('only_here')}</dt>
            <dd>{countText(catchment.only_here)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}

