// The answer of a search for best sites: what it comes to, the gap, the curve, why not others.
import type { ComponentChildren } from 'preact';

import { countText, minutesOf, shareText, UNTOLD } from '../figures.ts';
import type { BestSites, NotChosen } from '../service/planning.ts';
import type { Language, Say } from '../texts.ts';
import { Curve } from './Curve.tsx';
import { gapWords, percent } from './EffectTable.tsx';

interface Properties {
  best: BestSites;
  say: Say;
  language: Language;
  children?: ComponentChildren;
}

export function BestResult({ best, say, language, children }: Properties) {
  return (
    <div class="best-result">
      <p class="headline">
        <strong>{headline(best, say)}</strong>
      </p>
      <p>
        {gapWords(best.gap, say)}
        {best.gap > 0 && say('best_gap_of_change', { gap: percent(best.gap_of_change) })}{' '}
        {costWords(best, say)}
      </p>
      <p class="note">{say('best_from', { count: best.candidates })}</p>
      {children}
      {best.notes.map((note) => (
        <p key={note.en} class="note">
          {note[language]}
        </p>
      ))}
      <Curve best={best} say={say} />
      {best.goal !== 'fewest' || best.not_chosen.length > 0 ? (
        <>
          <h4>{say('why_not')}</h4>
          {best.not_chosen.length === 0 && <p class="note">{say('why_none')}</p>}
          <ol class="notes">
            {best.not_chosen.map((one) => (
              <li key={`${one.lon} ${one.lat}`}>
                {say('why_line', { name: one.name, why: whyWords(best, one, say) })}
              </li>
            ))}
          </ol>
        </>
      ) : null}
      <LeftOut best={best} say={say} language={language} />
    </div>
  );
}

function headline(best: BestSites, say: Say): string {
  const { goal, sites, covered, share, objective, before, wanted_share, weighted } = best;
  const told = shareText(share);
  if (sites === 0) return noneWords(best, say);
  if (goal === 'fewest')
    return say('best_fewest', { sites, share: told, wanted: shareText(wanted_share) });
  if (goal === 'most_covered')
    return say(weighted ? 'best_most_weighted' : 'best_most', {
      sites, people: countText(covered), share: told,
    }); // prettier-ignore
  const minutes = (value: unknown) => (typeof value === 'number' ? minutesOf(value) : UNTOLD);
  return say('best_walk', { sites, minutes: minutes(objective), before: minutes(before) });
}

/** Say why nothing is to be built, and what to do. */
function noneWords(best: BestSites, say: Say): string {
  const { goal, share, wanted_share, candidates, circle_seconds } = best;
  if (goal === 'fewest')
    return say('best_none_fewest', { share: shareText(share), wanted: shareText(wanted_share) });
  if (goal === 'least_mean_walk') return say('best_none_walk', { count: candidates });
  return say('best_none', { count: candidates, minutes: minutesOf(circle_seconds) });
}

function costWords({ cost, budget }: BestSites, say: Say): string {
  if (cost === null) return '';
  return budget === null
    ? say('best_cost_only', { cost: countText(cost) })
    : say('best_cost', { cost: countText(cost), budget: countText(budget) });
}

/** Say why a candidate was not chosen. */
export function whyWords(best: BestSites, one: NotChosen, say: Say): string {
  const seconds = best.goal === 'least_mean_walk';
  const named = (sites: readonly string[]) => sites.join(say('list_and'));
  const words = [
    one.too_near.length > 0 ? say('why_too_near', { sites: named(one.too_near) }) : null,
    one.loss === null || one.instead_of === null
      ? null
      : say(seconds ? 'why_loses_seconds' : 'why_loses', {
          instead: one.instead_of, loss: countText(one.loss),
        }), // prettier-ignore
    one.adds === null ? null : say(seconds ? 'why_adds_seconds' : 'why_adds', { adds: countText(one.adds) }),
    one.served_by.length === 0
      ? null
      : say('why_served', {
          within: countText(one.within),
          sites: named(one.served_by.slice(0, 3).map(({ site }) => site)),
        }),
  ];
  return words.filter(Boolean).join(say('list_comma'));
}

function LeftOut({ best: { left_out }, say, language }: Omit<Properties, 'children'>) {
  if (left_out.count === 0) return null;
  return (
    <details>
      <summary>{say('left_out', { count: left_out.count })}</summary>
      <ul class="notes">
        {left_out.first.map((one) => (
          <li key={one.number}>
            {say('left_out_one', {
              number: one.number,
              name: one.name === null ? '' : ` ${one.name}`,
              reason: one[language],
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
