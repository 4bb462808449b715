// What would help an order that nobody brings, in words, the easiest first.
import type { Say } from '../texts.ts';

export interface Remedy {
  text: string;
}

export function Remedies({ remedies, say }: { remedies: readonly Remedy[]; say: Say }) {
  return (
    <>
      {remedies.map(({ text }, at) => (
        <span key={text} class="helps">{say(at === 0 ? 'helps' : 'helps_else', { remedy: text })}</span>
      ))}
    </>
  );
}
