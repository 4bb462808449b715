// The saved scenarios: open, copy, rename, delete after asking; and who saved a newer version.
import { useState } from 'preact/hooks';

import { shareText } from '../figures.ts';
import { momentText } from '../moments.ts';
import { gone, keyOfVersion, newerThan } from '../scenarios.ts';
import type { Planning } from '../service/planning.ts';
import type { Scenario } from '../service/scenarios.ts';
import type { Event, State } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { isPresent } from '../working.ts';
import { Asking } from './Asking.tsx';
import { History } from './History.tsx';

interface Properties {
  planning: Planning;
  state: State;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  /** The list is asked for again. */
  refresh: () => void;
}

type Question = { about: 'open' | 'copy' | 'rename' | 'delete'; scenario: Scenario };

export function Scenarios(properties: Properties) {
  const { planning, state, say, language, tell, reason, refresh } = properties;
  const { working, listed } = state;
  const [question, ask] = useState<Question | null>(null);
  const [looked, look] = useState<number | null>(null);
  const [said, setSaid] = useState<{ well: boolean; words: string } | null>(null);
  const newer = newerThan(working, listed.list);

  const attempt = async (deed: Promise<unknown>, words: string) => {
    ask(null);
    try {
      await deed;
      setSaid({ well: true, words });
    } catch (error) {
      setSaid({ well: false, words: say('not_done', { reason: reason(error) }) });
    }
    refresh();
  };
  const open = (scenario: Scenario) => {
    ask(null);
    setSaid(null);
    planning.scenario(scenario.id).then(
      (now) => tell({ type: 'open', scenario: now }),
      (error: unknown) => setSaid({ well: false, words: say('not_done', { reason: reason(error) }) }),
    );
  };
  const openAfterAsking = (scenario: Scenario) =>
    working.saved || isPresent(working) ? open(scenario) : ask({ about: 'open', scenario });
  const answer = (name: string) => {
    if (question === null) return;
    const { about, scenario } = question;
    if (about === 'open') open(scenario);
    if (about === 'copy') void attempt(planning.copy(scenario, name), say('done_copied', { name }));
    if (about === 'rename') void attempt(planning.rename(scenario, name), say('done_renamed', { name }));
    if (about === 'delete')
      void attempt(planning.remove(scenario), say('done_deleted', { name: scenario.name }));
  };

  return (
    <section aria-labelledby="scenarios">
      <h2 id="scenarios">{say('scenarios')}</h2>
      <div aria-live="polite">
        {said !== null && <p class={said.well ? 'well' : 'alert'}>{said.words}</p>}
        {listed.trouble !== null && <p class="alert">{say('failed', { reason: listed.trouble })}</p>}
        {newer !== null && (
          <div class="alert">
            <p>
              {say('scenario_newer', {
                who: newer.updated_by,
                when: momentText(newer.updated_at, language),
                version: newer.version,
                yours: working.version ?? '',
              })}
            </p>
            <button type="button" class="quiet" onClick={() => openAfterAsking(newer)}>
              {say('scenario_load_newer')}
            </button>
          </div>
        )}
        {gone(working, listed.list) && <p class="alert">{say('scenario_gone')}</p>}
        {listed.list?.length === 0 && <p class="note">{say('scenarios_none')}</p>}
      </div>
      <ul class="scenarios">
        {(listed.list ?? []).map((scenario) => (
          <li key={scenario.id}>
            <Row
              scenario={scenario}
              properties={properties}
              shown={looked === scenario.id}
              onOpen={() => openAfterAsking(scenario)}
              onAsk={(about) => ask({ about, scenario })}
              onLook={() => look(looked === scenario.id ? null : scenario.id)}
            />
            {looked === scenario.id && <History {...properties} scenario={scenario} />}
          </li>
        ))}
      </ul>
      {question !== null && (
        <Question question={question} say={say} onAnswer={answer} onCancel={() => ask(null)} />
      )}
    </section>
  );
}

interface RowProperties {
  scenario: Scenario;
  properties: Properties;
  shown: boolean;
  onOpen: () => void;
  onAsk: (about: Question['about']) => void;
  onLook: () => void;
}

function Row({ scenario, properties, shown, onOpen, onAsk, onLook }: RowProperties) {
  const { state, say, language } = properties;
  const { name, version, updated_by: who, updated_at, content } = scenario;
  const share = state.listed.shares[keyOfVersion(scenario)];
  const open = state.working.number === scenario.id;
  const facts = [
    say('scenario_version', { version }),
    say('scenario_changes', { count: content.changes.length }),
    share == null ? null : say('scenario_share', { share: shareText(share) }),
    say('scenario_by', { who, when: momentText(updated_at, language) }),
  ];
  const deeds: [words: string, deed: () => void][] = [
    [say('scenario_copy'), () => onAsk('copy')],
    [say('scenario_rename'), () => onAsk('rename')],
    [say('scenario_delete'), () => onAsk('delete')],
  ];
  return (
    <>
      <button type="button" class="site" aria-pressed={open} onClick={onOpen}>
        <span>
          {name}
          {open && <small class="tag">{say('scenario_in_hand')}</small>}
        </span>
      </button>
      <p class="note">{facts.filter(Boolean).join(' · ')}</p>
      <div class="deeds" role="group" aria-label={say('scenario_actions', { name })}>
        {deeds.map(([words, deed]) => (
          <button key={words} type="button" class="quiet" aria-label={`${words} ${name}`} onClick={deed}>
            {words}
          </button>
        ))}
        <button type="button" class="quiet" aria-expanded={shown} onClick={onLook}>
          {say('scenario_history')}
        </button>
      </div>
    </>
  );
}

interface QuestionProperties {
  question: Question;
  say: Say;
  onAnswer: (name: string) => void;
  onCancel: () => void;
}

function Question({ question: { about, scenario }, say, onAnswer, onCancel }: QuestionProperties) {
  const { name, version } = scenario;
  const common = { say, onAnswer, onCancel };
  switch (about) {
    case 'open':
      return (
        <Asking {...common} title={say('scenario_open_now', { name })} confirm={say('go_on')}>
          <p>{say('scenario_leave_ask')}</p>
        </Asking>
      );
    case 'delete':
      return (
        <Asking {...common} title={say('scenario_delete')} confirm={say('scenario_delete')}>
          <p>{say('scenario_delete_ask', { name, count: version })}</p>
        </Asking>
      );
    case 'copy': {
      const field = { label: say('scenario_name_of_copy'), value: say('scenario_copy_of', { name }) };
      return <Asking {...common} title={say('scenario_copy')} name={field} confirm={say('confirm')} />;
    }
    case 'rename': {
      const field = { label: say('scenario_new_name'), value: name };
      return <Asking {...common} title={say('scenario_rename')} name={field} confirm={say('confirm')} />;
    }
  }
}
