// How it goes: meals by how far they are, what waits for somebody, each courier against the plan.
import { hashOf } from '../address.ts';
import type { Counts, Progress } from '../live/types.ts';
import { clockText } from '../parts/times.ts';
import { keyOf, type Listed } from '../services.ts';
import type { Key } from '../texts.ts';
import type { ViewProperties } from '../view.ts';
import { Couriers } from './Couriers.tsx';
import { partsOf } from './bar.ts';
import { HandedBack } from './HandedBack.tsx';

type Properties = ViewProperties & { service: Listed; progress: Progress };

export function Going(properties: Properties) {
  const { say, live, zone, may, today, service, progress } = properties;
  const { counts } = progress;
  const waiting: [Key, number, string][] = [
    ['wait_cases', progress.open_cases, 'cases'],
    ['wait_notes', progress.open_notes, 'notes'],
    ['wait_apart', progress.not_counted, 'notes'],
  ];
  return (
    <section class="card" aria-labelledby="day-going">
      <h2 id="day-going" class="row-title">
        {say('going', { number: progress.revision ?? 0 })}
        <span class={`note ${live.connection}`}>
          {say(`connection_${live.connection}`, { at: clockText(progress.now, zone) })}
        </span>
      </h2>
      <HandedBack {...properties} />
      <Bar counts={counts} say={say} />
      {/* Every report changes these; only what waits for somebody is told to screen readers. */}
      <ul class="facts">
        <li>{say('fact_settled', { settled: counts.settled, stops: counts.stops })}</li>
        {counts.late > 0 && <li>{say('fact_late', { count: counts.late })}</li>}
        {counts.overdue > 0 && <li class="warned">{say('fact_overdue', { count: counts.overdue })}</li>}
        {counts.unaccounted_portions > 0 && <li>{say('fact_unaccounted', { count: counts.unaccounted_portions })}</li>}
      </ul>
      <ul class="facts" aria-live="polite">
        {waiting.map(
          ([key, count, rest], at) =>
            count > 0 && (
              <li key={key} class={at === 0 ? 'warned' : ''}>
                <a href={hashOf({ view: 'day', service: keyOf(service), rest: [rest] })}>{say(key, { count })}</a>
              </li>
            ),
        )}
      </ul>
      {may.has('make_plans') && service.day === today && (
        <p>
          <a href={hashOf({ view: 'plan', service: keyOf(service), rest: ['change'] })}>{say('something_changed')}</a>
        </p>
      )}
      <Couriers {...properties} />
    </section>
  );
}

/** A bar of stops; every part has its colour, its pattern and its word. */
function Bar({ counts, say }: { counts: Counts; say: ViewProperties['say'] }) {
  return (
    <div class="going">
      <div class="bars" aria-hidden="true">
        {partsOf(counts).map(({ part, share }) => share > 0 && <span key={part} class={part} style={{ width: `${100 * share}%` }} />)}
      </div>
      <ul class="key">
        {partsOf(counts).map(({ part, count }) => (
          <li key={part}>
            <span class={`swatch ${part}`} aria-hidden="true" />
            {say(`part_${part}`)} <strong>{count}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
