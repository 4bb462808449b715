// Tables of figures: by group and walking time, and by site with load against capacity.
import { countText, loadText, minutesOf, roundShareText, UNTOLD } from '../figures.ts';
import {
  type Comparison,
  type CoverageFigures,
  type GroupChange,
  type Grouping,
  GROUPINGS,
  type SiteFigures,
} from '../service/siting.ts';
import type { Say } from '../texts.ts';

interface GroupTableProperties extends Comparison {
  /** By what the table groups, if the answer knows it. */
  chosen: Grouping;
  onChoose: (grouping: Grouping) => void;
  say: Say;
}

export function GroupTable({ after, groups, chosen, onChoose, say }: GroupTableProperties) {
  const known = GROUPINGS.filter((one) => groups.some(({ grouping }) => grouping === one));
  const grouping = known.includes(chosen) ? chosen : known[0];
  return (
    <>
      <label>
        {say('grouping')}
        <select
          value={grouping ?? ''}
          onChange={(event) => onChoose(event.currentTarget.value as Grouping)}
        >
          {known.map((one) => (
            <option key={one} value={one}>
              {say(`group_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div class="scroll" tabIndex={0} role="group" aria-label={say('by_group')}>
        <table class="numbers many">
          <thead>
            <tr>
              <th scope="col">{say('group')}</th>
              <th scope="col">{say('people')}</th>
              {after.bands.map(({ seconds }) => (
                <th key={seconds} scope="col" class={seconds === after.circle_seconds ? 'circle' : ''}>
                  {say('minutes', { count: minutesOf(seconds) })}
                </th>
              ))}
              <th scope="col">{say('newly')}</th>
            </tr>
          </thead>
          <tbody>
            {groups
              .filter((group) => group.grouping === grouping)
              .map((group) => (
                <GroupRow key={group.key} group={group} after={after} say={say} />
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface RowProperties {
  group: GroupChange;
  after: CoverageFigures;
  say: Say;
}

function GroupRow({ group, after, say }: RowProperties) {
  const { grouping, key, label, change } = group;
  const bands = after.groups.find((one) => one.grouping === grouping && one.key === key)?.bands;
  const moved = change.newly !== 0 || change.no_longer !== 0;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{countText(change.people)}</td>
      {bands?.map(({ seconds, share }) => (
        <td key={seconds} class={seconds === after.circle_seconds ? 'circle' : ''}>
          {roundShareText(share)}
          {seconds === after.circle_seconds && moved && (
            <small>{say('was', { share: roundShareText(change.share_before) })}</small>
          )}
        </td>
      ))}
      <td>{countText(change.newly)}</td>
    </tr>
  );
}

export function SiteTable({ after, say }: { after: CoverageFigures; say: Say }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={say('by_site')}>
      <table class="numbers many">
        <thead>
          <tr>
            {(['site', 'nearest_people', 'taken_of', 'load', 'mean_walk'] as const).map(
              (words) => (
                <th key={words} scope="col">
                  {say(words)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {fullestFirst(after.sites).map((site) => (
            <tr key={`${site.kind}/${site.code}`} class={(site.load ?? 0) > 1 ? 'over' : ''}>
              <th scope="row">{site.name}</th>
              <td>{countText(site.nearest)}</td>
              <td>{`${countText(site.taken)} / ${site.capacity ?? say('unlimited')}`}</td>
              <td>{loadText(site.load)}</td>
              <td>
                {site.mean_minutes === null
                  ? UNTOLD
                  : say('minutes', { count: site.mean_minutes.toFixed(1) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function fullestFirst(sites: SiteFigures[]): SiteFigures[] {
  return [...sites].sort((one, other) => (other.load ?? -1) - (one.load ?? -1));
}
