// One person, one file: everything about an elder, changed field by field.
import type { ViewProperties } from '../view.ts';
import { DayChange } from './DayChange.tsx';
import { ElderFields } from './ElderFields.tsx';
import { type ElderForm, entryOf, formOf, problemsOf, rebased } from './editing.ts';
import { EndOfService } from './EndOfService.tsx';
import { FilePage } from './FilePage.tsx';
import type { FilePart } from './filePart.ts';
import { SaveBar } from './SaveBar.tsx';
import { History } from './History.tsx';
import { Pauses } from './Pauses.tsx';
import { rosterHash } from './places.ts';
import { StandingHistory } from './StandingHistory.tsx';
import type { Elder } from './types.ts';
import { useChoices } from './useChoices.ts';
import { useFile } from './useFile.ts';
import { wordOf } from './words.ts';

export function ElderFile(properties: ViewProperties & { code: string }) {
  const path = `/api/v1/elders/${encodeURIComponent(properties.code)}`;
  return (
    <FilePage<Elder> {...properties} {...{ path }} part="elders">
      {(elder, keep) => <Opened {...properties} {...{ elder, path, keep }} />}
    </FilePage>
  );
}

interface OpenedProperties extends ViewProperties {
  elder: Elder;
  path: string;
  keep: (elder: Elder) => void;
}

/** What the parts of a file are given. */
function Opened({ client, say, language, zone, today, may, elder, path, keep }: OpenedProperties) {
  const saved = formOf(elder, today);
  const choices = useChoices(client, say);
  const { form, change, differs, count, problems, sending, kept, submit } = useFile<ElderForm, Elder>({
    say,
    name: `elder:${elder.code}`,
    saved,
    entryOf,
    problemsOf,
    send: (body) => client.send(path, { method: 'PATCH', body }),
    keep,
  });
  const editable = may.has('change_elders');
  const keepAround = (next: Elder) => {
    if (differs) change(rebased(form, saved, formOf(next, today)));
    keep(next);
  };
  const part: FilePart = { client, say, path, today, elder, keep: keepAround };
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
      <form noValidate onSubmit={submit}>
        <fieldset class="plain" disabled={!editable}>
          <ElderFields {...{ say, form, change, problems, choices }} derived={elder.canteen_given ? null : elder.canteen} />
        </fieldset>
        <StandingHistory {...{ say, elder, today }} />
        {editable && (
          <SaveBar {...{ say, sending, kept, count, problems }} undo={() => change(null)} />
        )}
      </form>
      <Pauses {...part} editable={editable} />
      <DayChange {...part} editable={editable} />
      {editable && <EndOfService {...part} />}
      <History {...{ client, say, language, zone }} path={`${path}/history`} news={JSON.stringify(elder)} />
    </>
  );
}
