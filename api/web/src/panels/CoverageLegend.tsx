// What the colours of a layer of coverage mean, right under its switch.
import { BANDS, CATCHMENT, GROUND, NO_SHARE, SHARE_STEPS, SHARES } from '../colours.ts';
import { minutesOf } from '../figures.ts';
import type { Layer, State } from '../state.ts';
import type { Say } from '../texts.ts';

interface Properties {
  layer: Layer;
  state: State;
  say: Say;
}

export function CoverageLegend({ layer, state, say }: Properties) {
  switch (layer) {
    case 'cells':
    case 'areas':
      return <SharesKey counted={layer === 'cells'} say={say} />;
    case 'bands':
      return <BandsKey state={state} say={say} />;
    case 'catchment':
      return (
        <ul class="key">
          <Line width={3} words={say('legend_circle')} />
          <Line width={1.2} words={say('legend_others')} />
        </ul>
      );
    default:
      return null;
  }
}

function SharesKey({ counted, say }: { counted: boolean; say: Say }) {
  const edges = [0, ...SHARE_STEPS, 1].map((edge) => Math.round(edge * 100));
  return (
    <ul class="key">
      <li>{say('legend_share')}</li>
      {SHARES.map((colour, place) => (
        <Patch key={colour} colour={colour} words={`${edges[place]}–${edges[place + 1]}%`} />
      ))}
      <Patch colour={NO_SHARE} words={say('legend_unknown')} />
      {counted && <li>{say('legend_cells')}</li>}
    </ul>
  );
}

function BandsKey({ state, say }: { state: State; say: Say }) {
  const bands = state.trying.trial?.comparison.after.bands ?? [];
  return (
    <ul class="key">
      {bands.map(({ seconds }, place) => (
        <Patch
          key={seconds}
          colour={BANDS[Math.min(place, BANDS.length - 1)] ?? BANDS[0]}
          words={say('within_minutes', { minutes: minutesOf(seconds) })}
        />
      ))}
    </ul>
  );
}

function Patch({ colour, words }: { colour: string; words: string }) {
  return (
    <li>
      <svg width="22" height="14" aria-hidden="true">
        <rect x="1" y="1" width="20" height="12" fill={colour} stroke={GROUND.edge} />
      </svg>
      {words}
    </li>
  );
}

function Line({ width, words }: { width: number; words: string }) {
  return (
    <li>
      <svg width="22" height="14" aria-hidden="true">
        <path d="M1 7 H21" stroke={CATCHMENT.line} stroke-width={width} />
      </svg>
      {words}
    </li>
  );
}
