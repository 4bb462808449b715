// One person, one file: everything about an elder, changed field by field.
import { useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { useSending } from './sending.ts';
import { DayChange } from './DayChange.tsx';
import { useDraft } from './drafts.ts';
import { ElderFields } from './ElderFields.tsx';
import { type ElderForm, entryOf, formOf, problemsOf, rebased } from './editing.ts';
import { EndOfService } from './EndOfService.tsx';
import { SaveBar } from './SaveBar.tsx';
import { History } from './History.tsx';
import { Pauses } from './Pauses.tsx';
import { rosterHash } from './places.ts';
import { StandingHistory } from './StandingHistory.tsx';
import type { Elder } from './types.ts';
import { useChoices } from './useChoices.ts';
import { wordOf } from './words.ts';

interface Properties extends ViewProperties {
  code: string;
}

export function ElderFile(properties: Properties) {
  const { client, say, code } = properties;
  const path = `/api/v1/elders/${encodeURIComponent(code)}`;
  const { answer: content, problem, again } = useAsked<Elder>(client, say, path);
  const [newer, setNewer] = useState<Elder | null>(null);
  const elder = newer ?? content;
  return (
    <article class="file">
      <p>
        <a href={rosterHash('elders')}>{say('roster_back')}</a>
      </p>
      <div aria-live="polite">
        {problem !== null && (
          <p class="alert">
            {problem}{' '}
            <button type="button" class="quiet" onClick={again}>
              {say('roster_again')}
            </button>
          </p>
        )}
        {elder === null && problem === null && <p class="note">{say('loading')}</p>}
      </div>
      {elder !== null && <Opened {...properties} {...{ elder, path }} keep={setNewer} />}
    </article>
  );
}

interface OpenedProperties extends ViewProperties {
  elder: Elder;
  path: string;
  keep: (elder: Elder) => void;
}

/** What the parts of a file are given. */
export interface FilePart {
  client: ViewProperties['client'];
  say: ViewProperties['say'];
  path: string;
  today: string;
  elder: Elder;
  /** Show the file as the service sent it after a change. */
  keep: (elder: Elder) => void;
}

function Opened({ client, say, language, zone, today, may, elder, path, keep }: OpenedProperties) {
  const saved = formOf(elder, today);
  const [form, hold, differs] = useDraft<ElderForm>(`elder:${elder.code}`, saved);
  const sending = useSending(say);
  const [sent, setSent] = useState<Record<string, unknown>>({});
  const [kept, setKept] = useState(false);
  const choices = useChoices(client, say);
  const entry = entryOf(form, saved);
  const problems = problemsOf(sending.fields, sent);
  const editable = may.has('change_elders');
  const keepAround = (next: Elder) => {
    if (differs) hold(rebased(form, saved, formOf(next, today)));
    keep(next);
  };
  const part: FilePart = { client, say, path, today, elder, keep: keepAround };
  const change = (some: Partial<ElderForm>) => {
    setKept(false);
    hold({ ...form, ...some });
  };
  const save = async () => {
    setSent(entry);
    const next = await sending.run(() => client.send<Elder>(path, { method: 'PATCH', body: entry }));
    if (next === null) return;
    hold(null);
    keep(next);
    setKept(true);
  };
  return (
    <>
      <h2>
        {elder.name} <span class="state">{elder.code}</span>
        {elder.ended_on !== null && (
          <span class="state special">
            {say('ended_since', { day: elder.ended_on })} {wordOf(say, 'end_reason', elder.end_reason)}
          </span>
        )}
      </h2>
      {elder.home.unlocated_reason !== null && elder.ended_on === null && (
        <p class="alert">
          {say('no_place')}: {wordOf(say, 'reason', elder.home.unlocated_reason)}{' '}
          {editable && <a href={rosterHash('unlocated', elder.code)}>{say('place_now')}</a>}
        </p>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (differs) void save();
        }}
      >
        <fieldset class="plain" disabled={!editable}>
          <ElderFields {...{ say, form, change, problems, choices }} derived={elder.canteen_given ? null : elder.canteen} />
        </fieldset>
        <StandingHistory {...{ say, elder, today }} />
        {editable && (
          <SaveBar {...{ say, sending, kept }} count={Object.keys(entry).length} placed={Object.keys(problems).length} undo={() => hold(null)} />
        )}
      </form>
      <Pauses {...part} editable={editable} />
      <DayChange {...part} editable={editable} />
      {editable && <EndOfService {...part} />}
      <History {...{ client, say, language, zone }} path={`${path}/history`} news={JSON.stringify(elder)} />
    </>
  );
}
