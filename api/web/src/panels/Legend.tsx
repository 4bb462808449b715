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

export function Legend({ say }: { say: Say }) {
  const sites: [Mark, string][] = [
    ['canteen', say('canteen')],
    ['meal_point', say('meal_point')],
    ['closed_canteen', `${say('canteen')} – ${say('closed')}`],
    ['closed_meal_point', `${say('meal_point')} – ${say('closed')}`],
  ];
  return (
    <details class="legend">
      <summary>{say('legend')}</summary>
      <ul>
        {sites.map(([mark, words]) => (
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
