// The strip at the top that always shows whose duty it is and what is not sent yet.
import { unsent } from '../queue.ts';
import type { View } from '../session.ts';
import type { Say } from '../texts.ts';

interface Properties {
  view: View | null;
  say: Say;
  onLanguage: () => void;
}

export function Head({ view, say, onLanguage }: Properties) {
  const duty = view?.duty;
  return (
    <header class="strip">
      <h1>{duty ? say('title', { meal: say(duty.meal), name: duty.courier_name }) : ''}</h1>
      <button type="button" class="quiet" lang={say('other_language') === 'English' ? 'en' : 'zh-CN'} onClick={onLanguage}>
        {say('other_language')}
      </button>
      <QueueState view={view} say={say} />
    </header>
  );
}

function QueueState({ view, say }: { view: View | null; say: Say }) {
  if (view === null) return null;
  const count = unsent(view.entries);
  const lost = view.reached === false;
  const words = lost
    ? say(count ? 'not_sent' : 'offline', { count })
    : say(count ? 'sending' : 'all_sent', { count });
  const mark = lost ? '⚠' : count ? '↑' : '✓';
  return (
    <p class={`sending ${lost ? 'lost' : count ? 'busy' : 'well'}`} role="status">
      <span aria-hidden="true">{mark}</span> {words}
    </p>
  );
}
