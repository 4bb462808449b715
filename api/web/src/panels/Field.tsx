// A labelled field that keeps what is being typed until it is finished, whatever else changes meanwhile.
import { useState } from 'preact/hooks';

interface Properties {
  label: string;
  /** What it shows while nobody types. */
  value: string;
  /** Least, most and step, where it is a number. */
  range?: readonly [least: number, most: number, step: number];
  required?: boolean;
  /** Said while it is empty. */
  hint?: string;
  /** Told what was typed, once it is finished and fits. */
  onValue: (text: string) => void;
}

const LONGEST = 80; // characters of a name

export function Field({ label, value, range, required, hint, onValue }: Properties) {
  const [typed, setTyped] = useState<string | null>(null);
  const limits = range && { type: 'number' as const, min: range[0], max: range[1], step: range[2] };
  return (
    <label>
      {label}
      <input
        {...(limits ?? {})}
        maxLength={LONGEST}
        required={required ?? false}
        placeholder={hint ?? ''}
        value={typed ?? value}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => {
          const input = event.currentTarget;
          if (!input.reportValidity()) return;
          setTyped(null);
          onValue(input.value.trim());
        }}
      />
    </label>
  );
}
