// Above the plan: which revision, its state and figures, publishing, and who has not seen the change.
import { useState } from 'preact/hooks';

import { stamp } from '../parts/times.ts';
import { Dialog } from './Dialog.tsx';
import type { Loaded, Summary } from './types.ts';
import { courierName, type Words } from './words.ts';

interface Properties {
  loaded: Loaded;
  words: Words;
  may: ReadonlySet<string>;
  /** Address of the service's API. */
  path: string;
  inForce: boolean;
  busy: boolean;
  unseen: readonly { courier: string; revision: number }[];
  /** Whether any duty differs from an earlier revision. */
  changed: boolean;
  choose: (revision: number) => void;
  publish: (revision: number) => void;
}

export function Head({ loaded, words, may, path, inForce, busy, unseen, changed, choose, publish }: Properties) {
  const { say, zone, day } = words;
  const { summary, revisions } = loaded;
  const [confirming, confirm] = useState(false);
  const by = summary.published_at === null
    ? say('plan_made_by', { by: summary.created_by, at: stamp(summary.created_at, zone, day) })
    : say('plan_published_by', { by: summary.published_by ?? '', at: stamp(summary.published_at, zone, day) }); // prettier-ignore
  return (
    <header class="plan-head">
      <div class="row">
        <label>
          {say('plan_revision')}{' '}
          <select value={summary.number} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {[...revisions].reverse().map((one) => (
              <option key={one.number} value={one.number}>
                {say('plan_of_revision', { number: one.number })} · {say(`plan_${one.state}`)}
              </option>
            ))}
          </select>
        </label>
        <span class={`state ${summary.state}`}>{say(`plan_${summary.state}`)}</span>
        <span class="note">{by}</span>
        {summary.state === 'draft' && may.has('make_plans') && (
          <button type="button" onClick={() => confirm(true)}>
            {say('plan_publish', { number: summary.number })}
          </button>
        )}
      </div>
      {!inForce && summary.state !== 'draft' && (
        <p class="note">{say(busy ? 'loading' : 'plan_not_in_force')}</p>
      )}
      <Figures summary={summary} words={words} />
      {changed && inForce && (
        <div class="plan-after">
          {may.has('read_delivery') && (
            <p role="status">
              {unseen.length === 0
                ? say('plan_all_seen')
                : say('plan_unseen', {
                    couriers: unseen
                      .map(({ courier, revision }) =>
                        say('plan_unseen_one', { courier: courierName(courier, words), number: revision }),
                      )
                      .join(say('plan_and')),
                  })}
            </p>
          )}
          {may.has('read_sheets') && (
            <a href={`${path}/sheets.zip?changed=true`} download>
              {say('plan_sheets_changed')}
            </a>
          )}
        </div>
      )}
      {confirming && (
        <Dialog title={say('plan_publish', { number: summary.number })} onClose={() => confirm(false)}>
          <p>{say('plan_publish_text')}</p>
          <div class="actions">
            <button
              type="button"
              onClick={() => {
                confirm(false);
                publish(summary.number);
              }}
            >
              {say('plan_publish', { number: summary.number })}
            </button>
            <button type="button" class="quiet" onClick={() => confirm(false)}>
              {say('cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </header>
  );
}

function Figures({ summary, words: { say } }: { summary: Summary; words: Words }) {
  const figures: [string, string][] = [
    [say('plan_served'), say('plan_of', { some: summary.served_orders, all: summary.orders })],
    [say('plan_circle'), `${(summary.circle_share * 100).toFixed(1)}%`],
    [say('plan_couriers'), say('plan_of', { some: summary.couriers, all: summary.couriers_on_shift })],
    [say('plan_trips'), String(summary.trips)],
    [say('plan_gap'), gapText(summary.gap, say)],
  ];
  return (
    <dl class="figures" aria-label={say('plan_figures')}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Above a tenth the proof is far away, which says little about the plan. */
const FAR = 0.1;

function gapText(gap: number | null, say: Words['say']): string {
  if (gap === null || gap > FAR) return say('plan_gap_none');
  return gap < 0.0005 ? say('plan_gap_best') : say('plan_gap_most', { gap: (gap * 100).toFixed(1) });
}
