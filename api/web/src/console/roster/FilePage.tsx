// The page of one file: asks the service for it, shows it, and whatever newer state came of a change.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import type { ViewProperties } from '../view.ts';
import { Failure } from '../parts/Failure.tsx';
import { useAsked } from '../parts/useAsked.ts';
import { rosterHash } from './places.ts';
import type { Part } from './Tabs.tsx';

interface Properties<Content> extends Pick<ViewProperties, 'client' | 'say'> {
  /** The list that the file belongs to. */
  part: Part;
  /** Where the file is read and changed. */
  path: string;
  /** Draws the file; `keep` shows it as the service sent it after a change. */
  children: (content: Content, keep: (content: Content) => void) => ComponentChildren;
}

export function FilePage<Content>({ client, say, part, path, children }: Properties<Content>) {
  const asked = useAsked<Content>(client, say, path);
  const [newer, keep] = useState<Content | null>(null);
  const content = newer ?? asked.answer;
  return (
    <article class="file">
      <BackToList {...{ say, part }} />
      <Failure {...{ say, asked }} />
      <div aria-live="polite">
        {content === null && asked.problem === null && <p class="note">{say('loading')}</p>}
      </div>
      {content !== null && children(content, (next) => keep(() => next))}
    </article>
  );
}

export function BackToList({ say, part }: Pick<Properties<unknown>, 'say' | 'part'>) {
  return (
    <p>
      <a href={rosterHash(part)}>{say('roster_back')}</a>
    </p>
  );
}
