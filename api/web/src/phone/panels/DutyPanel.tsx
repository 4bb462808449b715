// The duty: what comes next, large; then every trip and stop; then the way out for who cannot go on.
import { useEffect, useRef } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { nextStep, type Progress, progress, stopOf } from '../progress.ts';
import type { View } from '../session.ts';
import type { Duty } from '../types.ts';
import { clockTime, reportWords } from '../words.ts';
import { AllStops } from './AllStops.tsx';
import { HandBack } from './HandBack.tsx';
import { Loading, Returning } from './Loading.tsx';
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
  const now = progress(duty, view.entries);
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

function Step({ duty, now, view, chosen, actions }: Properties & { now: Progress }) {
  const { say } = actions;
  const top = useRef<HTMLDivElement>(null);
  const next = nextStep(now);
  const picked = chosen === null ? undefined : stopOf(now, chosen);
  const shown = picked ? `stop ${picked.order}` : next.kind === 'stop' ? `stop ${next.stop.order}` : next.kind;
  const before = useRef(shown);
  // After a report the eye and the screen reader go to what comes next.
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    top.current?.focus();
    top.current?.scrollIntoView({ block: 'start' });
  }, [shown]);
  const trip = picked && now.trips.find((one) => one.stops.includes(picked));
  return (
    <div ref={top} tabIndex={-1} class="step">
      {picked && trip ? (
        <>
          <button type="button" class="quiet" onClick={() => actions.choose(null)}>
            ← {say('back_to_next')}
          </button>
          <StopCard key={picked.order} stop={picked} trip={trip} duty={duty} change={view.changes.marks[picked.order]} actions={actions} />
        </>
      ) : next.kind === 'stop' ? (
        <StopCard key={next.stop.order} stop={next.stop} trip={next.trip} duty={duty} change={view.changes.marks[next.stop.order]} actions={actions} />
      ) : next.kind === 'load' ? (
        <Loading key={next.trip.number} trip={next.trip} duty={duty} actions={actions} />
      ) : next.kind === 'return' ? (
        <Returning trip={next.trip} duty={duty} actions={actions} />
      ) : (
        <p class="card finished">✓ {say('finished')}</p>
      )}
    </div>
  );
}
