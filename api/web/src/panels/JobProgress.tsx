// How far background work is, in words and as a bar, and the button that stops it.
import { type Watched, underWay } from '../watching.ts';
import type { Key, Say } from '../texts.ts';

const PHASES: Record<string, Key> = {
  'travel times': 'job_measuring',
  searching: 'job_searching',
  'collecting orders': 'job_collecting',
};

interface Properties {
  watched: Watched<unknown>;
  say: Say;
  onStop: () => void;
}

export function JobProgress({ watched: { job, trouble, stopping }, say, onStop }: Properties) {
  const on = job !== null && underWay(job);
  const phase: Key = job?.state === 'queued' ? 'job_queued' : (PHASES[job?.phase ?? ''] ?? 'job_running');
  return (
    <div aria-live="polite">
      {trouble !== null && !on && <p class="alert">{say('job_failed', { reason: trouble })}</p>}
      {on && (
        <div class="job">
          <p class="note">{say(stopping ? 'job_stopping' : phase)}</p>
          <progress value={job.progress} max={1} aria-label={say('job_progress')} />
          <button type="button" class="quiet" disabled={stopping} onClick={onStop}>
            {say('job_stop')}
          </button>
        </div>
      )}
    </div>
  );
}
