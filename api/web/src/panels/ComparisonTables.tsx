// Two scenarios side by side in figures: everybody, walking times, groups, the load of sites.
import { useState } from 'preact/hooks';

import { sitePairs } from '../comparing.ts';
import { countChange, countText, loadText, minutesOf, shareChange, shareText, UNTOLD } from '../figures.ts';
import { type ChangeFigures, type Comparison, type Grouping, GROUPINGS } from '../service/siting.ts';
import type { Say } from '../texts.ts';

interface Properties {
  comparison: Comparison;
  before: string;
  after: string;
  say: Say;
}

export function ComparisonTables(properties: Properties) {
  const { comparison, say } = properties;
  return (
    <div class="comparison">
      <Total {...properties} />
      <details open>
        <summary>{say('compare_groups')}</summary>
        <Groups {...properties} />
      </details>
      <details>
        <summary>{say('compare_loads')}</summary>
        <Loads {...properties} />
      </details>
      {comparison.after.warnings.map((warning) => (
        <p key={warning} class="alert">
          {warning}
        </p>
      ))}
      {!comparison.after.exact && <p class="note">{say('rounded')}</p>}
    </div>
  );
}

const BECOMES = ['newly', 'already', 'no_longer', 'still_outside'] as const satisfies readonly (keyof ChangeFigures)[];

function Total({ comparison: { before, after, total }, say, ...names }: Properties) {
  // Bands that only one side has (another circle) cannot be compared.
  const bands = after.bands.flatMap((band) => {
    const was = before.bands.find(({ seconds }) => seconds === band.seconds);
    return was === undefined ? [] : [{ was, is: band, words: minutes(band.seconds, say) }];
  });
  const circles = { was: before.covered, is: after.covered, words: circleWords(before.circle_seconds, after.circle_seconds, say) };
  return (
    <>
      <dl class="becomes">
        {BECOMES.map((what) => (
          <div key={what}>
            <dt>{say(what)}</dt>
            <dd>{countText(total[what])}</dd>
          </div>
        ))}
      </dl>
      <div class="scroll" tabIndex={0} role="group" aria-label={say('compare_walks')}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{`${say('people')} ${countText(total.people)}`}</th>
              <th scope="col">{names.before}</th>
              <th scope="col">{names.after}</th>
              <th scope="col">{say('difference')}</th>
            </tr>
          </thead>
          <tbody>
            {[circles, ...bands, { was: before.room, is: after.room, words: say('with_room') }].map(
              ({ was, is, words }, place) => (
                <tr key={words + place} class={place === 0 ? 'circle' : ''}>
                  <th scope="row">{words}</th>
                  <td>
                    {countText(was.people)} <small>{shareText(was.share)}</small>
                  </td>
                  <td>
                    {countText(is.people)} <small>{shareText(is.share)}</small>
                  </td>
                  <td>
                    {countChange(was.people, is.people)}{' '}
                    <small>{say('points', { count: shareChange(was.share, is.share) })}</small>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}

function circleWords(before: number, after: number, say: Say): string {
  const [was, is] = [minutesOf(before), minutesOf(after)];
  return say('inside_circle', { minutes: was === is ? is : `${was} → ${is}` });
}

function minutes(seconds: number, say: Say): string {
  return say('within_minutes', { minutes: minutesOf(seconds) });
}

function Groups({ comparison: { groups }, before, after, say }: Properties) {
  const known = GROUPINGS.filter((one) => groups.some(({ grouping }) => grouping === one));
  const [wanted, want] = useState<Grouping>('age');
  const chosen = known.includes(wanted) ? wanted : known[0];
  return (
    <>
      <label>
        {say('grouping')}
        <select
          value={chosen ?? ''}
          onChange={(event) => want(event.currentTarget.value as Grouping)}
        >
          {known.map((one) => (
            <option key={one} value={one}>
              {say(`group_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div class="scroll" tabIndex={0} role="group" aria-label={say('compare_groups')}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{say('group')}</th>
              <th scope="col">{before}</th>
              <th scope="col">{after}</th>
              <th scope="col">{say('difference')}</th>
              {BECOMES.map((what) => (
                <th key={what} scope="col">
                  {say(what)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups
              .filter(({ grouping }) => grouping === chosen)
              .map(({ key, label, change }) => (
                <tr key={key}>
                  <th scope="row">
                    {label} <small>{countText(change.people)}</small>
                  </th>
                  <td>{shareText(change.share_before)}</td>
                  <td>{shareText(change.share_after)}</td>
                  <td>{shareChange(change.share_before, change.share_after)}</td>
                  {BECOMES.map((what) => (
                    <td key={what}>{countText(change[what])}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Loads({ comparison, before, after, say }: Properties) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={say('compare_loads')}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{say('site')}</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
            <th scope="col">{say('difference')}</th>
          </tr>
        </thead>
        <tbody>
          {sitePairs(comparison).map(({ code, name, before: was, after: is }) => (
            <tr key={code} class={(is?.load ?? 0) > 1 ? 'over' : ''}>
              <th scope="row">
                {name}
                {was === null && <small class="tag">{say('site_is_new')}</small>}
                {is === null && <small class="tag">{say('site_is_gone')}</small>}
              </th>
              {[was, is].map((site, place) => (
                <td key={place}>
                  {site === null ? UNTOLD : countText(site.nearest)}{' '}
                  <small>{site === null ? '' : loadText(site.load)}</small>
                </td>
              ))}
              <td>{countChange(was?.nearest ?? 0, is?.nearest ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
