// A table of canteens or meal points, and the way to a new one.
import type { ComponentChildren } from 'preact';

import type { Key, Say } from '../texts.ts';

interface Properties {
  say: Say;
  problem: string | null;
  loaded: boolean;
  title: string;
  columns: readonly Key[];
  /** The link that opens a new one; false: whoever looks at it may not. */
  opening: false | { href: string; text: string };
  /** The rows. */
  children: ComponentChildren;
}

export function SiteTable({ say, problem, loaded, title, columns, opening, children }: Properties) {
  return (
    <>
      {opening && (
        <div class="finder">
          <a class="as-button" href={opening.href}>
            {opening.text}
          </a>
        </div>
      )}
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {!loaded && problem === null && <p class="note">{say('loading')}</p>}
        {loaded && Array.isArray(children) && children.length === 0 && <p class="note">{say('sites_none')}</p>}
      </div>
      {loaded && Array.isArray(children) && children.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                {columns.map((key) => (
                  <th key={key} scope="col">
                    {say(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </>
  );
}
