// A service planned without and with a scenario, side by side, with what is proven and assumed.
import { shareText, UNTOLD } from '../figures.ts';
import { EFFECT_ROWS, mayBeChance } from '../effecting.ts';
import type { DeliveryFigures, Effect } from '../service/planning.ts';
import type { Language, Say } from '../texts.ts';

type Row = (typeof EFFECT_ROWS)[number][0];

interface Properties {
  effect: Effect;
  say: Say;
  language: Language;
}

export function EffectTable({ effect, say, language }: Properties) {
  const { day, meal, version, before, after, notes } = effect;
  return (
    <div class="effect">
      <p class="note">{say('effect_of', { day, meal: say(meal), version })}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={say('effect')}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{say('compare_what')}</th>
              <th scope="col">{say('effect_without')}</th>
              <th scope="col">{say('effect_with')}</th>
              <th scope="col">{say('difference')}</th>
            </tr>
          </thead>
          <tbody>
            {EFFECT_ROWS.map(([row, better]) => (
              <tr key={row}>
                <th scope="row">{say(`effect_${row}`)}</th>
                <td>{text(row, before, say)}</td>
                <td>{text(row, after, say)}</td>
                <td class={judged(after[row] - before[row], better)}>
                  {differenceText(row, after[row] - before[row], say)}
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{say('effect_gap')}</th>
              <td>{before.gap === null ? UNTOLD : percent(before.gap)}</td>
              <td>{after.gap === null ? UNTOLD : percent(after.gap)}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
      <ul class="notes">
        <li>{say('effect_gap_before', { words: gapWords(before.gap, say) })}</li>
        <li>{say('effect_gap_after', { words: gapWords(after.gap, say) })}</li>
        {mayBeChance(effect) && (
          <li>
            <strong>{say('effect_chance')}</strong>
          </li>
        )}
      </ul>
      <h4>{say('effect_assumed')}</h4>
      <ul class="notes">
        {notes.map((note) => (
          <li key={note.en}>{note[language]}</li>
        ))}
        <li>{say('effect_assumed_scratch')}</li>
        <li>{say('effect_assumed_new')}</li>
        <li>{say('effect_assumed_closed')}</li>
      </ul>
    </div>
  );
}

/** Return in plain words how far from the best something may be. */
export function gapWords(gap: number | null, say: Say): string {
  if (gap === null) return say('gap_unknown');
  return gap === 0 ? say('gap_none') : say('gap_some', { gap: percent(gap) });
}

/** Return a gap as a percentage that is never told smaller than it is. */
export function percent(gap: number): string {
  return `${(Math.ceil(gap * 10_000) / 100).toFixed(2)}%`;
}

function text(row: Row, figures: DeliveryFigures, say: Say): string {
  const value = figures[row];
  if (row === 'couriers') return `${value} / ${figures.couriers_on_shift}`;
  if (row === 'circle_share') return shareText(value);
  if (row === 'travel_seconds') return timeText(value, say);
  return value.toLocaleString('en-US');
}

function differenceText(row: Row, value: number, say: Say): string {
  const size = Math.abs(value);
  const sign = value > 0 ? '+' : '−';
  if (size < 1e-9) return '±0';
  if (row === 'circle_share') return say('points', { count: `${sign}${(size * 100).toFixed(1)}` });
  if (row === 'travel_seconds') return sign + timeText(size, say);
  return sign + size.toLocaleString('en-US');
}

function timeText(seconds: number, say: Say): string {
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0
    ? say('only_minutes', { minutes })
    : say('hours_minutes', { hours, minutes: minutes % 60 });
}

function judged(difference: number, better: 'more' | 'less'): string {
  if (Math.abs(difference) < 1e-9) return '';
  return difference > 0 === (better === 'more') ? 'better' : 'worse';
}
