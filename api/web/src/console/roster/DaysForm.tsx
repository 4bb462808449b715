// Asks for days from a first to a last, or until further notice, and for the reason.
import { useState } from 'preact/hooks';

import type { Say } from '../texts.ts';
import { TextField } from './fields/Field.tsx';
import type { Pause } from './types.ts';

interface Properties {
  say: Say;
  today: string;
  /** Sentences by field. */
  problems: Readonly<Record<string, string>>;
  /** Usual reasons to choose from. */
  reasons?: readonly string[];
  busy: boolean;
  /** What the button says. */
  action: string;
  send: (days: Pause) => Promise<void>;
}

export function DaysForm({ say, today, problems, reasons = [], busy, action, send }: Properties) {
  const [{ first_day, last_day, reason }, setDays] = useState({ first_day: today, last_day: '', reason: '' });
  const change = (part: object) => setDays({ first_day, last_day, reason, ...part });
  const submit = (event: Event) => {
    event.preventDefault();
    void send({ first_day, last_day: last_day || null, reason: reason || null });
  };
  return (
    <form class="fields" noValidate onSubmit={submit}>
      <TextField
        type="date"
        label={say('field_first_day')}
        value={first_day}
        onValue={(first) => change({ first_day: first })}
        problem={problems['first_day']}
      />
      <TextField
        type="date"
        label={say('field_last_day')}
        hint={say('empty_further_notice')}
        value={last_day}
        onValue={(last) => change({ last_day: last })}
        problem={problems['last_day'] ?? problems['']}
      />
      <TextField
        label={say('field_reason')}
        value={reason}
        onValue={(words) => change({ reason: words })}
        list={reasons}
        problem={problems['reason']}
      />
      <button type="submit" disabled={busy}>
        {action}
      </button>
    </form>
  );
}
