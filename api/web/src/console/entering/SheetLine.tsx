// One line of a sheet: who, what is known already, the outcome, the time, and words for exceptions.
import { useState } from 'preact/hooks';

import { type DutyStop, FATES, type Fate, type Outcome, OUTCOMES, SERVED, type StopDay } from '../../service/delivery.ts';
import type { Say } from '../texts.ts';
import { clockText } from '../parts/times.ts';
import { Correction } from './Correction.tsx';
import { type Line, lineOf, withLine } from './sheet.ts';
import type { TripProperties } from './tripProperties.ts';

type Properties = TripProperties & { stop: DutyStop };

export function SheetLine(properties: Properties) {
  const { say, zone, trip, draft, change, mistakes, known, stop } = properties;
  const [correcting, setCorrecting] = useState(false);
  const line = lineOf(draft, stop.order);
  const now = known.get(stop.order);
  const name = stop.elder?.name ?? (stop.meal_point && say('meal_point_named', { code: stop.meal_point }))
    ?? say('order_number', { order: stop.order }); // prettier-ignore
  const title = say('sheet_line', { trip: trip.number, number: stop.number, name });
  const set = (to: Partial<Line>) => change(withLine(draft, stop.order, to));
  const wrong = (column: string) => mistakes.some((one) => one.field === `${column}-${stop.order}`);
  return (
    <li class={line.outcome === null ? 'line' : SERVED.has(line.outcome) ? 'line served' : 'line exception'}>
      <span class="number">{stop.number}</span>
      <span class="door">
        <strong>{name}</strong> {stop.portions > 1 && say('portions_of', { count: stop.portions })}
        <span class="note">
          {say('sheet_planned', { at: clockText(stop.arrives_at, zone) })}
          {now?.door.address && <> · {now.door.address}</>}
        </span>
      </span>
      <OutcomeChoice say={say} value={line.outcome} title={title} order={stop.order} set={set} />
      <input
        class="time"
        data-field={`time-${stop.order}`}
        aria-label={say('sheet_time_of', { line: title })}
        aria-invalid={wrong('time')}
        inputMode="numeric"
        placeholder={say('sheet_time')}
        value={line.time}
        onInput={(event) => set({ time: event.currentTarget.value })}
      />
      <span class="known note">
        {now?.outcome && knownText(now, zone, say)}{' '}
        {now?.outcome && (
          <button
            type="button"
            class="quiet"
            aria-expanded={correcting}
            aria-label={say('correct_of', { line: title })}
            onClick={() => setCorrecting(!correcting)}
          >
            {say('correct')}
          </button>
        )}
      </span>
      {line.outcome !== null && !SERVED.has(line.outcome) && (
        <span class="words">
          <input
            data-field={`note-${stop.order}`}
            aria-label={say('sheet_note_of', { line: title })}
            aria-invalid={wrong('note')}
            placeholder={say('sheet_note')}
            maxLength={500}
            value={line.note}
            onInput={(event) => set({ note: event.currentTarget.value })}
          />
          <select
            aria-label={say('sheet_fate_of', { line: title })}
            value={line.fate ?? ''}
            onChange={(event) => set({ fate: (event.currentTarget.value || null) as Fate | null })}
          >
            <option value="">{say('sheet_fate_unknown')}</option>
            {FATES.map((fate) => (
              <option key={fate} value={fate}>
                {say(`fate_${fate}`)}
              </option>
            ))}
          </select>
        </span>
      )}
      {correcting && now?.outcome && (
        <Correction {...properties} stop={now} name={name} done={() => setCorrecting(false)} />
      )}
    </li>
  );
}

interface ChoiceProperties {
  say: Say;
  value: Outcome | null;
  title: string;
  order: number;
  set: (to: Partial<Line>) => void;
}

function OutcomeChoice({ say, value, title, order, set }: ChoiceProperties) {
  return (
    <select
      class="outcome"
      data-field={`outcome-${order}`}
      aria-label={say('sheet_outcome_of', { line: title })}
      value={value ?? ''}
      onChange={(event) => set({ outcome: (event.currentTarget.value || null) as Outcome | null })}
    >
      <option value="">0 {say('sheet_blank')}</option>
      {OUTCOMES.map((outcome, at) => (
        <option key={outcome} value={outcome}>
          {at + 1} {say(`outcome_${outcome}`)}
        </option>
      ))}
    </select>
  );
}

function knownText(now: StopDay, zone: string, say: Say): string {
  return say('sheet_known', {
    outcome: say(`outcome_${now.outcome ?? 'other'}`),
    at: now.at !== null && now.time_known ? clockText(now.at, zone) : say('sheet_no_time'),
    source: say(`source_${now.source ?? 'office'}`),
  });
}
