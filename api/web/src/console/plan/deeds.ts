// What is sent to the service from the view "plan", and what is said about it afterwards.
import { useEffect, useMemo, useState } from 'preact/hooks';

import { type Method, Refused } from '../../service/client.ts';
import type { ViewProperties } from '../view.ts';
import { failure } from './loading.ts';
import type { Move } from './moves.ts';
import type { Asked, Proposal } from './types.ts';

export interface Notice {
  text: string;
  well: boolean;
  /** Only the answer was lost; another revision in force makes the sentence idle. */
  unsure?: boolean;
}

/** What whoever accepts moves has seen of them. */
export interface Priced {
  /** Revision that the price is of. */
  basedOn: number;
  /** Whether those concerned agreed to broken rules. */
  despite: boolean;
}

type Surroundings = Pick<ViewProperties, 'client' | 'say' | 'place' | 'go' | 'refresh'> & {
  path: string;
  /** Number of the revision in force. */
  inForce: number;
  read: (revision: number | null) => void;
  readProposals: () => void;
};

export interface Deeds {
  notice: Notice | null;
  /** The proposal that was made last, so that it is shown at once. */
  made: Proposal | null;
  /** Say what changed and open the proposal; a refusal is thrown. */
  ask: (changes: Asked[]) => Promise<void>;
  /** Return whether anything was kept; what was refused is said in the notice. */
  keep: (moves: readonly Move[]) => Promise<boolean>;
  /** Accept moves at the price seen; where another revision is in force by now they are kept only. */
  acceptNow: (moves: readonly Move[], priced: Priced) => Promise<boolean>;
  lock: (what: string, lock: boolean) => Promise<boolean>;
  publish: (revision: number) => Promise<boolean>;
  /** Decide about a proposal; a refusal is thrown. */
  accept: (id: number, despite: boolean) => Promise<void>;
  reject: (id: number) => Promise<void>;
  /** Ask the same again and put the old proposal aside; a refusal is thrown. */
  askAgain: (id: number, body: { changes: Asked[] } | { moves: Asked[] }) => Promise<void>;
}

export function useDeeds({ client, say, place, go, refresh, path, inForce, read, readProposals }: Surroundings): Deeds {
  const [notice, setNotice] = useState<Notice | null>(null);
  const [made, setMade] = useState<Proposal | null>(null);
  useEffect(() => setNotice((before) => (before?.unsure ? null : before)), [inForce]);
  return useMemo(() => {
    const send = <Answer>(to: string, method: Method, body?: unknown) =>
      client.send<Answer>(`${path}/${to}`, { method, body });
    const well = (text: string) => setNotice({ text, well: true });
    const propose = (body: { changes: Asked[] } | { moves: readonly Move[] | Asked[] }) =>
      send<Proposal>('proposals', 'POST', body);
    const opened = (proposal: Proposal) => {
      setMade(proposal);
      readProposals();
      go({ ...place, rest: ['proposal', String(proposal.id)] });
    };
    const inForce = (revision: number | null) => {
      well(say('plan_accept_done', { number: revision ?? '' }));
      refresh();
      read(null);
      go({ ...place, rest: [] });
    };
    const accept = async (id: number, despite: boolean) => {
      const accepted = await send<Proposal>(`proposals/${id}/accept`, 'POST', { despite });
      inForce(accepted.revision);
    };
    const refused = (error: unknown) => setNotice({ text: failure(error, say), well: false, unsure: !(error instanceof Refused) });
    const tried = async (deed: () => Promise<void>): Promise<boolean> => {
      setNotice(null);
      try {
        await deed();
        return true;
      } catch (error: unknown) {
        refused(error);
        return false;
      }
    };
    return {
      notice,
      made,
      ask: async (changes) => {
        setNotice(null);
        opened(await propose({ changes }));
      },
      keep: (moves) =>
        tried(async () => {
          const proposal = await propose({ moves });
          well(say('plan_keep_done', { id: proposal.id }));
          opened(proposal);
        }),
      acceptNow: (moves, { basedOn, despite }) =>
        tried(async () => {
          const proposal = await propose({ moves });
          if (proposal.based_on !== basedOn) {
            setNotice({ text: say('plan_other_revision', { id: proposal.id }), well: false });
            return opened(proposal);
          }
          await accept(proposal.id, despite).catch((error: unknown) => {
            refused(error);
            opened(proposal); // it is kept, to be decided about there
          });
        }),
      lock: (what, lock) =>
        tried(async () => {
          await send(`plan/locks/${what}`, lock ? 'PUT' : 'DELETE');
          well(say(lock ? 'plan_lock_done' : 'plan_unlock_done'));
          read(null);
        }),
      publish: (revision) =>
        tried(async () => {
          await send(`plan/revisions/${revision}/publish`, 'POST');
          well(say('plan_publish_done', { number: revision }));
          refresh();
          read(null);
        }),
      accept,
      reject: async (id) => {
        await send(`proposals/${id}/reject`, 'POST');
        well(say('plan_reject_done', { id }));
        read(null);
        go({ ...place, rest: [] });
      },
      askAgain: async (id, body) => {
        const proposal = await propose(body);
        await send(`proposals/${id}/reject`, 'POST').catch(() => undefined); // decided about meanwhile
        opened(proposal);
      },
    };
  }, [notice, made, client, say, path, read, readProposals, go, refresh, place.service, place.view]);
}
