// A file of the roster as it is edited: what was typed, what of it is new, sending it, and what came of it.
import { useState } from 'preact/hooks';

import type { FieldProblem } from '../../service/types.ts';
import type { Say } from '../texts.ts';
import { useDraft } from './drafts.ts';
import { type Sending, useSending } from './sending.ts';

type Entry = Record<string, unknown>;

interface Asked<Form, Content> {
  say: Say;
  /** Under which name what was typed waits while another file is open: "elder:L00001". */
  name: string;
  /** The form of what the service holds. */
  saved: Form;
  /** What was changed, as the service takes it; empty if nothing was. */
  entryOf: (form: Form, saved: Form) => Entry;
  /** The sentences of a refusal by field of the form, given what was sent. */
  problemsOf: (fields: readonly FieldProblem[], sent: Entry) => Record<string, string>;
  send: (entry: Entry) => Promise<Content>;
  /** The file is opened by this: it is sent whatever was typed, so that what is needed is said. */
  opens?: boolean;
  /** Show the file as the service sent it. */
  keep: (content: Content) => void;
}

export interface EditedFile<Form> {
  form: Form;
  /** Put this of the form; null: all as the service holds it. */
  change: (part: Partial<Form> | null) => void;
  /** Something was typed that the service does not hold. */
  differs: boolean;
  /** How many fields were changed. */
  count: number;
  problems: Record<string, string>;
  sending: Sending;
  /** The last thing done was to save. */
  kept: boolean;
  /** Send what was changed, for a form's onSubmit. */
  submit: (event: Event) => void;
}

/** Edit a file; what was typed stays in the form until the service has taken it. */
export function useFile<Form extends object, Content>(asked: Asked<Form, Content>): EditedFile<Form> {
  const { say, name, saved, entryOf, problemsOf, send, opens = false, keep } = asked;
  const [form, hold, differs] = useDraft<Form>(name, saved);
  const sending = useSending(say);
  const [kept, setKept] = useState(false);
  const [sent, setSent] = useState<Entry>({});
  const entry = entryOf(form, saved);
  const change = (part: Partial<Form> | null) => {
    if (part !== null) setKept(false);
    hold(part === null ? null : { ...form, ...part });
  };
  const save = async () => {
    setSent(entry);
    const next = await sending.run(() => send(entry));
    if (next === null) return;
    hold(null);
    keep(next);
    setKept(true);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (differs || opens) void save();
  };
  const problems = problemsOf(sending.fields, sent);
  return { form, change, differs, count: Object.keys(entry).length, problems, sending, kept, submit };
}
