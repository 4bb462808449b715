// Doors that stayed shut and are left behind: always in sight, with the clock running; one tap opens
// the calls again.
import type { Actions } from '../actions.ts';
import { type Progress, shutDoors } from '../progress.ts';
import { Due } from './Ticking.tsx';

interface Properties {
  now: Progress;
  /** Order of the stop that is shown large. */
  shown: number | null;
  actions: Actions;
}

export function OpenCases({ now, shown, actions }: Properties) {
  const { say, off } = actions;
  const doors = shutDoors(now).filter((stop) => stop.order !== shown);
  if (doors.length === 0) return null;
  return (
    <section class="shut-doors" aria-labelledby="shut-doors">
      <h2 id="shut-doors">{say('shut_doors')}</h2>
      {doors.map((stop) => (
        <button key={stop.order} type="button" class="quiet" onClick={() => actions.choose(stop.order)}>
          <strong>{say('case_reopen', { name: stop.name })}</strong>
          <Due shut={stop.shut} off={off} say={say} />
        </button>
      ))}
    </section>
  );
}
