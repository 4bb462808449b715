// Takes a new canteen or meal point into the hand, to be placed by a click or at the map's middle.
import type { SiteKind } from '../service/types.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';

interface Properties {
  state: State;
  say: Say;
  tell: (event: Event) => void;
  onMiddle: () => void;
}

const TOOLS: [SiteKind, 'place_canteen' | 'place_meal_point'][] = [
  ['canteen', 'place_canteen'],
  ['meal_point', 'place_meal_point'],
];

export function PlacingBar({ state: { placing }, say, tell, onMiddle }: Properties) {
  const { tool } = placing;
  return (
    <section class="placing" aria-labelledby="placing">
      <h2 id="placing">{say('placing')}</h2>
      <div class="tools">
        {TOOLS.map(([kind, words]) => (
          <button
            key={kind}
            type="button"
            class="quiet"
            aria-pressed={tool === kind}
            onClick={() => tell(tool === kind ? { type: 'put down' } : { type: 'take tool', kind })}
          >
            {say(words)}
          </button>
        ))}
      </div>
      <div aria-live="polite">
        {tool !== null && <p class="note">{say('click_to_place')}</p>}
      </div>
      {tool !== null && (
        <div class="tools">
          <button type="button" onClick={onMiddle}>
            {say('at_middle')}
          </button>
          <button type="button" class="quiet" onClick={() => tell({ type: 'put down' })}>
            {say('stop_placing')}
          </button>
        </div>
      )}
    </section>
  );
}
