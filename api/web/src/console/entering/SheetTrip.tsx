// One trip of a sheet: when it left and came back, and its lines.
import { clockText } from '../parts/times.ts';
import { timesOf, type TripTimes, withTimes } from './sheet.ts';
import { SheetLine } from './SheetLine.tsx';
import type { TripProperties } from './tripProperties.ts';

export function SheetTrip(properties: TripProperties) {
  const { say, zone, trip } = properties;
  return (
    <section class="sheet-trip" aria-label={say('sheet_trip', { number: trip.number })}>
      <header class="row">
        <h3>{say('sheet_trip', { number: trip.number })}</h3>
        <TimeField {...properties} which="departed" planned={clockText(trip.departs_at, zone)} />
        <TimeField {...properties} which="returned" planned={clockText(trip.returns_at, zone)} />
      </header>
      <ol class="lines">
        {trip.stops.map((stop) => (
          <SheetLine key={stop.order} {...properties} stop={stop} />
        ))}
      </ol>
    </section>
  );
}

interface TimeProperties extends TripProperties {
  which: keyof TripTimes;
  planned: string;
}

function TimeField({ say, trip, draft, change, mistakes, which, planned }: TimeProperties) {
  const field = `${which}-${trip.number}`;
  return (
    <label class="time">
      {say(`sheet_${which}`)}
      <input
        data-field={field}
        inputMode="numeric"
        value={timesOf(draft, trip.number)[which]}
        aria-invalid={mistakes.some((one) => one.field === field)}
        onInput={(event) => change(withTimes(draft, trip.number, { [which]: event.currentTarget.value }))}
      />
      <span class="note">{say('sheet_planned', { at: planned })}</span>
    </label>
  );
}
