// What the shapes, lines and colours of the map mean.
import { GROUND, ROUTES } from '../colours.ts';
import type { Mark } from '../marks.ts';
import type { Key, Say } from '../texts.ts';
import { MarkPicture } from './MarkPicture.tsx';

const AREAS: [key: Key, colour: string][] = [
  ['water', GROUND.water],
  ['green', GROUND.green],
  ['grounds', GROUND.grounds],
  ['buildings', GROUND.building],
];
const LINES: [key: Key, colours: string[], dashes: string | undefined][] = [
  ['roads', [GROUND.edge, GROUND.major], undefined],
  ['paths', [GROUND.path], '6 3'],
  ['route', [GROUND.halo, ROUTES[0]], undefined],
];

export function Legend({ say, planning }: { say: Say; planning: boolean }) {
  const present: [Mark, string][] = [
    ['canteen-open', say('canteen')],
    ['meal_point-open', say('meal_point')],
    ['canteen-closed', `${say('canteen')} – ${say('closed')}`],
    ['meal_point-closed', `${say('meal_point')} – ${say('closed')}`],
  ];
  const planned: [Mark, string][] = [
    ['canteen-new', `${say('canteen')} – ${say('fate_new')}`],
    ['meal_point-new', `${say('meal_point')} – ${say('fate_new')}`],
    ['canteen-given_up', say('fate_closed')],
    ['canteen-refused', say('legend_refused')],
  ];
  return (
    <details class="legend">
      <summary>{say('legend')}</summary>
      <ul>
        {[...present, ...(planning ? planned : [])].map(([mark, words]) => (
          <li key={mark}>
            <MarkPicture mark={mark} />
            {words}
          </li>
        ))}
        {LINES.map(([key, colours, dashes]) => (
          <li key={key}>
            <svg width="24" height="24" aria-hidden="true">
              {colours.map((colour, place) => (
                <path
                  key={colour}
                  d="M1 12 H23"
                  stroke={colour}
                  stroke-width={colours.length > 1 && place === 0 ? 7 : 4}
                  stroke-dasharray={dashes}
                />
              ))}
            </svg>
            {say(key)}
          </li>
        ))}
        {AREAS.map(([key, colour]) => (
          <li key={key}>
            <svg width="24" height="24" aria-hidden="true">
              <rect x="2" y="4" width="20" height="16" fill={colour} stroke={GROUND.edge} />
            </svg>
            {say(key)}
          </li>
        ))}
      </ul>
    </details>
  );
}
