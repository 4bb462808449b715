// What is worked on, saved or not: undo, save, and what to do when somebody else saved meanwhile.
import { useEffect, useState } from 'preact/hooks';

import { type Client, Refused } from '../service/client.ts';
import type { Scenario } from '../service/scenarios.ts';
import type { Event, State } from '../state.ts';
import type { Say } from '../texts.ts';
import { contentOf, isPresent, type Working } from '../working.ts';

interface Properties {
  client: Client;
  state: State;
  say: Say;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
}

/** These say that the scenario is no longer what was opened: changed by others, or deleted. */
const OUTDATED = [409, 404];

export function WorkingBar({ client, state: { working }, say, tell, reason }: Properties) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => setProblem(null), [working.changes, working.number]);
  useLeavingAsked(!working.saved && !isPresent(working));

  const send = async (saving: Promise<Scenario>, type: 'saved' | 'open', next = false) => {
    setBusy(true);
    setProblem(null);
    try {
      tell({ type, scenario: await saving });
    } catch (error) {
      // A new scenario may be refused, too: its name is taken. Nobody changed anything then.
      if (next && error instanceof Refused && OUTDATED.includes(error.status))
        tell({ type: 'conflict', reason: error.message });
      else setProblem(reason(error));
    }
    setBusy(false);
  };
  const saveNew = (name: string) => send(client.saveNew(name, contentOf(working)), 'saved');
  const saveVersion = (number: number, version: number) =>
    send(client.saveVersion(number, version, contentOf(working)), 'saved', true);
  const leave = () => {
    if (working.saved || isPresent(working) || confirm(say('leave_unsaved'))) tell({ type: 'open', scenario: null });
  };

  return (
    <section class="working" aria-labelledby="working">
      <h2 id="working">{say('working')}</h2>
      <p role="status">{titleOf(working, say)}</p>
      {working.past.length > 0 && (
        <button type="button" class="quiet" onClick={() => tell({ type: 'undo' })}>
          {say('undo')}
        </button>
      )}
      {!isPresent(working) && (
        <button type="button" class="quiet" onClick={leave}>
          {say('back_to_present')}
        </button>
      )}
      {problem !== null && (
        <p class="alert" role="alert">
          {say('not_saved', { reason: problem })}
        </p>
      )}
      {working.conflict !== null && working.number !== null ? (
        <Conflict
          working={working}
          say={say}
          busy={busy}
          onReload={(number) => void send(client.scenario(number), 'open')}
          onCopy={(name) => void saveNew(name)}
        />
      ) : (
        <Save
          working={working}
          say={say}
          busy={busy}
          onNew={(name) => void saveNew(name)}
          onVersion={(number, version) => void saveVersion(number, version)}
        />
      )}
    </section>
  );
}

function titleOf(working: Working, say: Say): string {
  const { number, name, version, saved, changes } = working;
  const count = say('changes_count', { count: changes.length });
  if (isPresent(working)) return say('working_present');
  if (number === null || version === null) return `${say('unsaved_new')} · ${count}`;
  return `${say(saved ? 'working_saved' : 'working_changed', { name, version })} · ${count}`;
}

interface SaveProperties {
  working: Working;
  say: Say;
  busy: boolean;
  onNew: (name: string) => void;
  onVersion: (number: number, version: number) => void;
}

function Save({ working, say, busy, onNew, onVersion }: SaveProperties) {
  const { number, version, saved } = working;
  if (saved || isPresent(working)) return null;
  return (
    <>
      {number !== null && version !== null && (
        <button type="button" disabled={busy} onClick={() => onVersion(number, version)}>
          {say('save_version', { version: version + 1 })}
        </button>
      )}
      <NameForm label={say('save_name')} button={say('save_new')} busy={busy} onName={onNew} />
    </>
  );
}

interface ConflictProperties {
  working: Working;
  say: Say;
  busy: boolean;
  onReload: (number: number) => void;
  onCopy: (name: string) => void;
}

function Conflict({ working, say, busy, onReload, onCopy }: ConflictProperties) {
  return (
    <div class="alert conflict" role="alert">
      <h3>{say('conflict')}</h3>
      <p>{working.conflict}</p>
      <button
        type="button"
        disabled={busy}
        onClick={() => working.number !== null && onReload(working.number)}
      >
        {say('reload')}
      </button>
      <NameForm label={say('copy_name')} button={say('save_copy')} busy={busy} onName={onCopy} />
    </div>
  );
}

interface NameProperties {
  label: string;
  button: string;
  busy: boolean;
  onName: (name: string) => void;
}

function NameForm({ label, button, busy, onName }: NameProperties) {
  const [name, setName] = useState('');
  return (
    <form
      class="line"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onName(name.trim());
      }}
    >
      <label>
        {label}
        <input
          required
          maxLength={80}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={busy}>
        {button}
      </button>
    </form>
  );
}

/** Let the browser ask before the page is left with changes that nobody saved. */
function useLeavingAsked(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
