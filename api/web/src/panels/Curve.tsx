// What each further site adds, as a small curve with its bound, and as a table for everybody.
import { CHART, chartOf, pathOf, valueOf } from '../chart.ts';
import { countText, shareText, UNTOLD } from '../figures.ts';
import type { BestSites } from '../service/planning.ts';
import type { Say } from '../texts.ts';
import { percent } from './EffectTable.tsx';

export function Curve({ best, say }: { best: BestSites; say: Say }) {
  if (best.goal === 'fewest') return null;
  const what = say(best.goal === 'most_covered' ? 'curve_people' : 'curve_seconds');
  return (
    <figure class="curve">
      <figcaption>{say('curve')}</figcaption>
      <Picture best={best} what={what} say={say} />
      <div class="scroll" tabIndex={0} role="group" aria-label={say('curve')}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{say('curve_sites')}</th>
              <th scope="col">{what}</th>
              <th scope="col">{say('curve_adds')}</th>
              <th scope="col">{say('share')}</th>
              <th scope="col">{say('curve_gap')}</th>
            </tr>
          </thead>
          <tbody>
            {best.curve.map((step, place) => {
              const value = best.goal === 'most_covered' ? step.covered : step.objective;
              return (
                <tr key={place}>
                  <th scope="row">{place + 1}</th>
                  <td>{countText(value)}</td>
                  <td>{addedText(best, place)}</td>
                  <td>{shareText(step.share)}</td>
                  <td>{percent(step.gap)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** Return how much more a step has than the one before it. */
function addedText(best: BestSites, place: number): string {
  const now = best.curve[place];
  const last = best.curve[place - 1];
  const value = now === undefined ? null : valueOf(best.goal, now);
  const before = last === undefined ? best.before : valueOf(best.goal, last);
  if (value === null || typeof before !== 'number') return UNTOLD;
  const size = Math.round(Math.abs(value - before) * 10) / 10;
  return size === 0 ? '±0' : `${value > before ? '+' : '−'}${countText(size)}`;
}

function Picture({ best, what, say }: { best: BestSites; what: string; say: Say }) {
  const chart = chartOf(best);
  if (chart === null) return null;
  const { width, height, left, right, bottom } = CHART;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={say('curve_as_picture', { what })}
    >
      {chart.levels.map(({ y, value }) => (
        <g key={value}>
          <line class="level" x1={left} x2={width - right} y1={y} y2={y} />
          <text x={left - 6} y={y + 4} text-anchor="end">
            {value.toLocaleString('en-US')}
          </text>
        </g>
      ))}
      {chart.steps.map(({ x, sites }) => (
        <text key={sites} x={x} y={height - bottom + 18} text-anchor="middle">
          {sites}
        </text>
      ))}
      <path class="bound" d={pathOf(chart.bounds)} />
      <path class="line" d={pathOf(chart.points)} />
      {chart.points.map(({ x, y, sites }) => (
        <circle key={sites} cx={x} cy={y} r="3.5" />
      ))}
    </svg>
  );
}
