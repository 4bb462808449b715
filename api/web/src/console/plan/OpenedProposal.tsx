// The proposal that the address names: read, drawn on the map, decided about.
import { useLayoutEffect, useState } from 'preact/hooks';

import type { Client } from '../../service/client.ts';
import type { Place } from '../address.ts';
import { askedAgain } from './changes.ts';
import type { Deeds } from './deeds.ts';
import { failure, useKept } from './loading.ts';
import { ProposalCard } from './ProposalCard.tsx';
import type { ShownDuty } from './reading.ts';
import type { Asked, ChangesOnMap, Proposal } from './types.ts';
import type { Words } from './words.ts';

interface Properties {
  client: Client;
  path: string;
  words: Words;
  place: Place;
  duties: readonly ShownDuty[];
  deeds: Deeds;
  id: number;
  /** Changes when it should be read again: another revision is in force. */
  news: string;
  /** What the map shows of it; null: nothing. */
  setChanges: (changes: ChangesOnMap | null) => void;
  /** Whether what the map shows of it is on its way. */
  setDrawing: (drawing: boolean) => void;
  close: () => void;
}

export function OpenedProposal({ client, path, words, place, duties, deeds, id, news, setChanges, setDrawing, close }: Properties) {
  const { say } = words;
  const kept = useKept(() => client.get<Proposal>(`${path}/proposals/${id}`), `${path}/${id}`, news, say);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // With the words, so that a map that is about to show them is not called ready.
  useLayoutEffect(() => {
    let old = false;
    const draw = (changes: ChangesOnMap | null) => {
      if (old) return;
      setChanges(changes);
      setDrawing(false);
    };
    setDrawing(true);
    client.get<ChangesOnMap>(`${path}/proposals/${id}/changes.geojson`).then(
      draw,
      () => draw(null), // the words say it all; the map only shows it
    );
    return () => {
      old = true;
      setChanges(null);
      setDrawing(false);
    };
  }, [path, id]);
  const proposal = kept.value ?? (deeds.made?.id === id ? deeds.made : null);
  if (proposal === null)
    return (
      <p class={kept.problem === null ? 'note' : 'alert'} role="status">
        {kept.problem === null ? say('loading') : say('failed', { reason: kept.problem })}
      </p>
    );
  const tried = (deed: Promise<void>) => {
    setBusy(true);
    setProblem(null);
    deed
      .catch((error: unknown) => {
        setProblem(failure(error, say));
        kept.again(); // somebody may have decided, or published, meanwhile
      })
      .finally(() => setBusy(false));
  };
  const again = sameQuestion(proposal);
  return (
    <ProposalCard
      {...{ proposal, duties, words, place, problem, busy, close }}
      accept={(despite) => tried(deeds.accept(id, despite))}
      reject={() => tried(deeds.reject(id))}
      askAgain={again && (() => tried(deeds.askAgain(id, again)))}
    />
  );
}

/** Return the question that a proposal answers; null where the role was not told all of it. */
function sameQuestion({ changes, moves }: Proposal): { changes: Asked[] } | { moves: Asked[] } | null {
  if (moves.length > 0) return { moves };
  const asked = changes.map(askedAgain).filter((one) => one !== null);
  return asked.length === changes.length ? { changes: asked } : null;
}
