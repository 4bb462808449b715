// What stands around the map on a picture of it: title, legend of what is shown, scale, sources.
import { BANDS, CATCHMENT, NO_SHARE, ROUTES, SHARE_STEPS, SHARES } from './colours.ts';
import { minutesOf } from './figures.ts';
import { lookOf, type Mark } from './marks.ts';
import { sitesNow } from './sites.ts';
import { drawnRoutes, type State } from './state.ts';
import type { Key, Say } from './texts.ts';
import { refusals } from './trial.ts';

export type Entry = { words: string } & (
  | { mark: Mark }
  | { patch: string }
  | { line: string; width: number }
  | { head: true }
);

const ATTRIBUTION = '© OpenStreetMap contributors';
const LOOKS: Record<string, Key> = {
  closed: 'closed', new: 'fate_new', given_up: 'fate_closed', refused: 'legend_refused',
}; // prettier-ignore

/** Return the title of a picture: what is worked on. */
export function titleOf({ working }: Pick<State, 'working'>, say: Say): string {
  const { name, changes } = working;
  const of = name || say(changes.length > 0 ? 'unsaved_new' : 'now');
  return say('picture_title', { of });
}

/** Return where the map comes from and of when it is. */
export function sourceOf({ basemap }: Pick<State, 'basemap'>, say: Say): string {
  const date = basemap?.date ? say('data_of', { date: basemap.date.slice(0, 10) }) : null;
  return [ATTRIBUTION, date].filter((part) => part !== null).join(' · ');
}

/** Return the legend of what a state shows, nothing else. */
export function legendOf(state: State, say: Say): Entry[] {
  const { shown, trying, selected } = state;
  return [
    ...(shown.sites ? marksOf(state, say) : []),
    ...(shown.catchment && selected !== null && trying.trial?.catchment
      ? [{ line: CATCHMENT.line, width: 3, words: say('layer_catchment') }]
      : []),
    ...(shown.bands ? bandsOf(state, say) : []),
    ...(shown.cells || shown.areas ? sharesOf(say) : []),
    ...(drawnRoutes(state).length > 0 ? [{ line: ROUTES[0], width: 4, words: say('route') }] : []),
  ];
}

function marksOf(state: State, say: Say): Entry[] {
  const refused = refusals(state.trying);
  const sites = sitesNow(state.sites ?? [], state.working.changes);
  const marks = new Set(sites.filter((site) => site.geometry).map((site) => lookOf(site, refused)));
  return [...marks].sort().map((mark) => {
    const [kind, look] = mark.split('-') as ['canteen' | 'meal_point', string];
    const more = LOOKS[look];
    return { mark, words: more ? `${say(kind)} – ${say(more)}` : say(kind) };
  });
}

function bandsOf({ trying }: State, say: Say): Entry[] {
  const bands = trying.trial?.comparison.after.bands ?? [];
  return bands.map(({ seconds }, place) => ({
    patch: BANDS[Math.min(place, BANDS.length - 1)] ?? BANDS[0],
    words: say('within_minutes', { minutes: minutesOf(seconds) }),
  }));
}

function sharesOf(say: Say): Entry[] {
  const edges = [0, ...SHARE_STEPS, 1].map((edge) => Math.round(edge * 100));
  const steps = SHARES.map((patch, place) => ({
    patch,
    words: `${edges[place]}–${edges[place + 1]}%`,
  }));
  const unknown = { patch: NO_SHARE, words: say('legend_unknown') };
  return [{ head: true, words: say('legend_share') }, ...steps, unknown];
}

/** Return the longest scale bar of a round length that is no wider than so many pixels. */
export function scaleBar(metresPerPixel: number, most: number): { pixels: number; words: string } {
  const widest = metresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(widest));
  const metres = ([5, 2, 1].find((step) => step * power <= widest) ?? 1) * power;
  const words = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  return { pixels: metres / metresPerPixel, words };
}
