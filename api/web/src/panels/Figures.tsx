// The figures of what is worked on: who is inside, before and after; by group; by site.
import { useState } from 'preact/hooks';

import { countChange, countText, minutesOf, shareChange, shareText, UNTOLD } from '../figures.ts';
import type { Band, Comparison, CoverageFigures, Grouping } from '../service/siting.ts';
import type { State } from '../state.ts';
import type { Say } from '../texts.ts';
import { isCurrent, type Trying } from '../trial.ts';
import { saysPresent } from '../working.ts';
import { GroupTable, SiteTable } from './FigureTables.tsx';
import { Folded } from './Folded.tsx';

/** The share and what changes it, in one line that stays in sight and is said aloud. */
export function Headline({ state: { trying }, say }: { state: State; say: Say }) {
  const { trial } = trying;
  if (trial === null) return null;
  const { before, after, total } = trial.comparison;
  return (
    <p class="headline" role="status">
      {say('inside_circle', { minutes: minutesOf(after.circle_seconds) })}{' '}
      <strong>{shareText(after.covered.share)}</strong>
      {tellsChange(trying) && (
        <span>
          {say('points', { count: shareChange(before.covered.share, after.covered.share) })} ·{' '}
          {say('newly')} <strong class="newly">{countText(total.newly)}</strong>
          {total.no_longer !== 0 && ` · ${say('no_longer')} ${countText(total.no_longer)}`}
        </span>
      )}
    </p>
  );
}

/** Until a change is answered, the last answer is about something else: it must not read as no gain. */
function tellsChange({ answered }: Trying): boolean {
  return answered !== null && !saysPresent(answered.content);
}

export function Figures({ state, say }: { state: State; say: Say }) {
  const { trying } = state;
  const { trial, trouble } = trying;
  const fresh = isCurrent(trying);
  const [grouping, group] = useState<Grouping>('age');
  return (
    <section class="coverage" aria-labelledby="coverage">
      <h2 id="coverage">{say('coverage')}</h2>
      <div aria-live="polite">
        {trouble !== null && (
          <p class="alert">
            {trouble.lost ? say('figures_lost') : say('figures_failed', { reason: trouble.reason })}
          </p>
        )}
        {trial === null && trouble === null && <p class="note">{say('figures_asking')}</p>}
        {trial?.comparison.after.warnings.map((warning) => (
          <p key={warning} class="alert">
            {warning}
          </p>
        ))}
      </div>
      {trial !== null && (
        <div aria-busy={!fresh} class={fresh ? '' : 'old'}>
          {!fresh && trouble !== null && <p class="note">{say('figures_old')}</p>}
          <Summary {...trial.comparison} changed={tellsChange(trying)} say={say} />
          <Folded title={say('by_group')}>
            {() => (
              <GroupTable {...trial.comparison} chosen={grouping} onChoose={group} say={say} />
            )}
          </Folded>
          <Folded title={say('by_site')}>
            {() => <SiteTable after={trial.comparison.after} say={say} />}
          </Folded>
          <Footnotes after={trial.comparison.after} say={say} />
        </div>
      )}
    </section>
  );
}

function Summary({ before, after, changed, say }: Comparison & { changed: boolean; say: Say }) {
  const rows: [string, Band | undefined, Band, boolean][] = [
    ...after.bands.map((band): [string, Band | undefined, Band, boolean] => [
      say('within_minutes', { minutes: minutesOf(band.seconds) }),
      before.bands.find((one) => one.seconds === band.seconds),
      band,
      band.seconds === after.circle_seconds,
    ]),
    [say('with_room'), before.room, after.room, false],
    [say('outside_circle'), before.outside, after.outside, false],
  ];
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={say('coverage')}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{`${say('people')} ${countText(after.people)}`}</th>
            {changed && <th scope="col">{say('before')}</th>}
            <th scope="col">{say(changed ? 'after' : 'now')}</th>
            {changed && <th scope="col">{say('difference')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(([words, was, is, circle]) => (
            <tr key={words} class={circle ? 'circle' : ''}>
              <th scope="row">{words}</th>
              {changed && <BandCell band={was} />}
              <BandCell band={is} />
              {changed && (
                <td>
                  {was ? countChange(was.people, is.people) : UNTOLD}
                  <small>{was ? shareChange(was.share, is.share) : ''}</small>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BandCell({ band }: { band: Band | undefined }) {
  if (band === undefined) return <td>{UNTOLD}</td>;
  return (
    <td>
      {countText(band.people)}
      <small>{shareText(band.share)}</small>
    </td>
  );
}

function Footnotes({ after, say }: { after: CoverageFigures; say: Say }) {
  return (
    <>
      {after.unlocated !== 0 && (
        <p class="note">{say('unlocated_people', { count: countText(after.unlocated) })}</p>
      )}
      {after.off_street !== 0 && (
        <p class="note">{say('off_street_people', { count: countText(after.off_street) })}</p>
      )}
      {!after.exact && <p class="note">{say('rounded')}</p>}
    </>
  );
}
