// Fields of a form: a label, an input, and at it the sentence of the rule that a value breaks.
import { useId } from 'preact/hooks';

interface Common {
  label: string;
  value: string;
  onValue: (value: string) => void;
  problem?: string | undefined;
  hint?: string | undefined;
}

interface TextProperties extends Common {
  type?: 'text' | 'date' | 'time' | 'number' | 'search';
  list?: readonly string[];
  required?: boolean;
  wide?: boolean;
}

export function TextField({ label, value, onValue, problem, hint, type = 'text', list, required, wide }: TextProperties) {
  const id = useId();
  return (
    <div class={wide ? 'field wide-field' : 'field'}>
      <label for={id} class={required ? 'needed' : undefined}>
        {label}
      </label>
      <input
        {...{ id, type, value, required }}
        {...(list?.length ? { list: `${id}-list` } : {})}
        autocomplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={described(id, problem, hint)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {list && list.length > 0 && (
        <datalist id={`${id}-list`}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <Below {...{ id, problem, hint }} />
    </div>
  );
}

interface ChoiceProperties extends Common {
  choices: readonly (readonly [value: string, text: string])[];
  required?: boolean;
}

export function ChoiceField({ label, value, onValue, problem, hint, choices, required }: ChoiceProperties) {
  const id = useId();
  const known = choices.some(([one]) => one === value);
  return (
    <div class="field">
      <label for={id} class={required ? 'needed' : undefined}>
        {label}
      </label>
      <select
        {...{ id, value, required }}
        aria-invalid={problem !== undefined}
        aria-describedby={described(id, problem, hint)}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {!known && <option value={value}>{value}</option>}
        {choices.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
      <Below {...{ id, problem, hint }} />
    </div>
  );
}

interface CheckProperties {
  label: string;
  checked: boolean;
  onValue: (checked: boolean) => void;
}

export function Check({ label, checked, onValue }: CheckProperties) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onValue(event.currentTarget.checked)} /> {label}
    </label>
  );
}

function Below({ id, problem, hint }: { id: string; problem: string | undefined; hint: string | undefined }) {
  return (
    <>
      {problem !== undefined && (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {hint !== undefined && (
        <p class="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  );
}

function described(id: string, problem: string | undefined, hint: string | undefined): string | undefined {
  const parts = [problem !== undefined && `${id}-problem`, hint !== undefined && `${id}-hint`].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : undefined;
}
