// Watches a background job: asks how far it is until it has ended, whoever has ended it.
import type { Job } from './service/planning.ts';

const EVERY = 1_000; // milliseconds

export interface Watched<Outcome> {
  /** The job as it was last told; null where none was started. */
  job: Job<Outcome> | null;
  /** Why it could not be started, or did not end well; null while all is well. */
  trouble: string | null;
  /** It was asked to stop. */
  stopping: boolean;
}

/** Return whether something will still come of a job. */
export function underWay(job: Job<unknown> | null): boolean {
  return job !== null && (job.state === 'queued' || job.state === 'running');
}

/**
 * Ask for a job until it has ended, telling each answer; a lost connection is no end.
 *
 * Returns what stops the watching (the job goes on).
 */
export function watch<Outcome>(
  ask: () => Promise<Job<Outcome>>,
  told: (job: Job<Outcome>) => void,
  later: (deed: () => void, milliseconds: number) => unknown = setTimeout,
): () => void {
  let on = true;
  const again = () => later(() => on && look(), EVERY);
  const look = () => {
    ask().then(
      (job) => {
        if (!on) return;
        told(job);
        if (underWay(job)) again();
      },
      () => on && again(),
    );
  };
  look();
  return () => {
    on = false;
  };
}
