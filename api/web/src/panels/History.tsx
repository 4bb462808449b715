// What became of a scenario: its versions, who made them when, and what was worked out for it.
import { useEffect, useState } from 'preact/hooks';

import { momentText } from '../moments.ts';
import type { Kept, Planning, Version } from '../service/planning.ts';
import type { Scenario } from '../service/scenarios.ts';
import type { Event } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { Asking } from './Asking.tsx';
import { BestResult } from './BestResult.tsx';
import { EffectTable } from './EffectTable.tsx';

interface Properties {
  planning: Planning;
  scenario: Scenario;
  say: Say;
  language: Language;
  tell: (event: Event) => void;
  reason: (error: unknown) => string;
  refresh: () => void;
}

export function History({ planning, scenario, say, language, tell, reason, refresh }: Properties) {
  const [versions, setVersions] = useState<Version[]>([]);
  const [results, setResults] = useState<Kept[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [copied, copy] = useState<Version | null>(null);
  const failed = (error: unknown) => setTrouble(reason(error));
  useEffect(() => {
    planning.versions(scenario.id).then(setVersions, failed);
    planning.results(scenario.id).then(setResults, failed);
  }, [scenario.id, scenario.version]);

  const saveCopy = (name: string) => {
    if (copied === null) return;
    copy(null);
    planning.create(name, copied.content).then((made) => {
      tell({ type: 'open', scenario: made });
      refresh();
    }, failed);
  };

  return (
    <div class="history">
      {trouble !== null && (
        <p class="alert" role="alert">
          {say('failed', { reason: trouble })}
        </p>
      )}
      <h3>{say('versions')}</h3>
      <ol class="versions">
        {versions.toReversed().map((one) => (
          <li key={one.version}>
            {say('version_row', {
              version: one.version,
              who: one.by,
              when: momentText(one.at, language),
              count: one.content.changes.length,
            })}
            {one.version !== scenario.version && (
              <button
                type="button"
                class="quiet"
                aria-label={`${say('version_as_new')}: ${say('scenario_version', { version: one.version })}`}
                onClick={() => copy(one)}
              >
                {say('version_as_new')}
              </button>
            )}
          </li>
        ))}
      </ol>
      <h3>{say('kept_results')}</h3>
      {results?.length === 0 && <p class="note">{say('kept_none')}</p>}
      {(results ?? []).map((one) => (
        <Result key={one.id} kept={one} say={say} language={language} />
      ))}
      {copied !== null && (
        <Asking
          title={say('version_as_new')}
          say={say}
          name={{
            label: say('scenario_new_name'),
            value: say('version_name', { name: copied.name, version: copied.version }),
          }}
          confirm={say('confirm')}
          onAnswer={saveCopy}
          onCancel={() => copy(null)}
        />
      )}
    </div>
  );
}

function Result({ kept, say, language }: { kept: Kept; say: Say; language: Language }) {
  const words = { who: kept.made_by, when: momentText(kept.made_at, language), version: kept.version };
  return (
    <details>
      <summary>{say(kept.kind === 'effect' ? 'kept_effect' : 'kept_best', words)}</summary>
      {kept.kind === 'effect' ? (
        <EffectTable effect={kept.result} say={say} language={language} />
      ) : (
        <BestResult best={kept.result} say={say} language={language} />
      )}
    </details>
  );
}
