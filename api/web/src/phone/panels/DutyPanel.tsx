// The duty: what comes next, large; then every trip and stop; then the way out for who cannot go on.
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { nextStep, type Progress, progress, type SeenStop, type SeenTrip, stopOf } from '../progress.ts';
import type { View } from '../session.ts';
import type { Duty } from '../types.ts';
import { clockTime, reportWords } from '../words.ts';
import { AllStops } from './AllStops.tsx';
import { HandBack } from './HandBack.tsx';
import { Loading, Returning } from './Loading.tsx';
import { OpenCases } from './OpenCases.tsx';
import { StopCard } from './StopCard.tsx';

interface Properties {
  duty: Duty;
  view: View;
  /** Order of the stop that the courier opened instead of the next one. */
  chosen: number | null;
  actions: Actions;
}

export function DutyPanel({ duty, view, chosen, actions }: Properties) {
  const { say, zone } = actions;
  const now = progress(duty, view.entries, view.off);
  return (
    <>
      <Undo view={view} now={now} actions={actions} />
      <HandBack now={now} duty={duty} actions={actions} banner />
      <Step duty={duty} now={now} view={view} chosen={chosen} actions={actions} />
      <AllStops now={now} changes={view.changes} actions={actions} />
      <HandBack now={now} duty={duty} actions={actions} />
      <p class="note">
        {duty.canteen} · {say('revision', { number: duty.revision })} ·{' '}
        {say('until', { time: clockTime(duty.readable_until, zone) })}
      </p>
    </>
  );
}

function Undo({ view, now, actions }: { view: View; now: Progress; actions: Actions }) {
  const { last } = view;
  if (last === null || last.kind === 'seen') return null;
  const name = (order: number) => stopOf(now, order)?.name ?? '';
  const what = reportWords(last, name, actions.say);
  return (
    <p class="recorded" role="status">
      <span>✓ {actions.say('recorded', { what })}</span>
      <button type="button" class="quiet" onClick={() => void actions.retract(last.id)}>
        {actions.say('undo')}
      </button>
    </p>
  );
}

/** A stop that is shown large. */
interface Shown {
  stop: SeenStop;
  trip: SeenTrip;
  /** Whether a revision gave it to somebody else meanwhile. */
  away: boolean;
}

function Step({ duty, now, view, chosen, actions }: Properties & { now: Progress }) {
  const { say } = actions;
  const top = useRef<HTMLDivElement>(null);
  const next = nextStep(now);
  const coming = next.kind === 'stop' ? { ...next, away: false } : null;
  const held = useRef<Shown | null>(null);
  const picked = chosen === null ? null : (placed(now, chosen) ?? keptFrom(held.current, chosen));
  const at = picked ?? coming;
  held.current = at;
  const shown = at ? `stop ${at.stop.order} ${at.stop.result?.outcome ?? ''}` : next.kind;
  const before = useRef(shown);
  // After a report the eye and the screen reader go to what comes next, and with it: a focus that
  // comes a moment later is taken from what was pressed meanwhile.
  useLayoutEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    top.current?.focus();
    top.current?.scrollIntoView({ block: 'start' });
  }, [shown]);
  return (
    <div ref={top} tabIndex={-1} class="step">
      <OpenCases now={now} shown={at?.stop.order ?? null} actions={actions} />
      {picked && picked.stop.order !== coming?.stop.order && (
        <button type="button" class="quiet" onClick={() => actions.choose(null)}>
          ← {say('back_to_next')}
        </button>
      )}
      {at && (
        <StopCard key={at.stop.order} {...at} duty={duty} change={view.changes.marks[at.stop.order]} actions={actions} />
      )}
      {!at && next.kind === 'load' && <Loading key={next.trip.number} trip={next.trip} duty={duty} actions={actions} />}
      {!at && next.kind === 'return' && <Returning trip={next.trip} duty={duty} actions={actions} />}
      {!at && next.kind === 'finished' && <p class="card finished">✓ {say('finished')}</p>}
    </div>
  );
}

/** Return a stop of the duty by its order. */
function placed({ trips }: Progress, order: number): Shown | null {
  for (const trip of trips) {
    const stop = trip.stops.find((one) => one.order === order);
    if (stop) return { stop, trip, away: false };
  }
  return null;
}

/** Return the stop that was open, though it is in the duty no more: what is being written stays. */
function keptFrom(held: Shown | null, order: number): Shown | null {
  return held?.stop.order === order ? { ...held, away: true } : null;
}
