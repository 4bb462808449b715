// The couriers' page: opens the link's duty, keeps its panels in step, follows network and clock.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { Actions } from './actions.ts';
import { Client } from './client.ts';
import { useDraft } from './drafts.ts';
import { DutyPanel } from './panels/DutyPanel.tsx';
import { EndedPanel } from './panels/EndedPanel.tsx';
import { Head } from './panels/Head.tsx';
import { Messages } from './panels/Messages.tsx';
import { Session, sweep, type View } from './session.ts';
import type { Storage } from './storage.ts';
import { type Language, speaker } from './texts.ts';

interface Properties {
  /** Secret of the link; empty on the page that is kept for opening without a network. */
  link: string;
  storage: Storage;
  first: Language;
  zone: string;
  /** Milliseconds between two questions for a new revision. */
  poll: number;
  /** Called when there is something to show that the server's page has not. */
  onFirst: () => void;
}

const AROUND = {
  clock: () => Date.now(),
  chance: () => Math.random(),
  later: (work: () => void, milliseconds: number) => void setTimeout(work, milliseconds),
};

export function App({ link, storage, first, zone, poll, onFirst }: Properties) {
  const [language, setLanguage] = useState<Language>(chosenLanguage() ?? first);
  const [view, show] = useState<View | null>(null);
  const [looked, look] = useState<number | null>(null);
  const [held, hold] = useDraft('stop');
  const chosen = looked ?? (held === '' ? null : Number(held));
  const speaking = useRef(language);
  speaking.current = language;
  const say = useMemo(() => speaker(language), [language]);
  const client = useMemo(() => new Client(link, () => speaking.current), [link]);
  const session = useMemo(() => new Session(link, client, storage, AROUND, show), [client]);

  useEffect(() => {
    if (link === '') return undefined;
    void session.open().then(() => sweep(link, storage, () => speaking.current, AROUND));
    return follow(session, poll);
  }, [session]);
  // Together with the words: a screen reader must never read new words in the old language's voice.
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  useEffect(() => void session.translate(), [language]);
  const there = view?.duty != null || view?.ended != null;
  const lost = view !== null && !there && (view.reached === false || view.problem !== null);
  const empty = document.body.dataset['shell'] !== undefined;
  useEffect(() => {
    if (there || (empty && (lost || link === ''))) onFirst();
  }, [there, lost]);

  const actions: Actions = {
    say, language, zone, client,
    off: view?.off ?? 0,
    choose: (order) => {
      look(order);
      hold('');
    },
    hold: (order) => {
      look(order);
      hold(String(order));
    },
    report: (told, photo) => session.report(told, photo),
    retract: (id) => session.retract(id),
    dismiss: (entries) => session.dismiss(entries),
  }; // prettier-ignore
  const switchLanguage = () => {
    const other = language === 'zh' ? 'en' : 'zh';
    keepLanguage(other);
    setLanguage(other);
  };
  return (
    <>
      <Head view={view} say={say} onLanguage={switchLanguage} />
      <main id="main" class="wide">
        {view && <Messages view={view} actions={actions} />}
        {view?.ended != null && <EndedPanel view={view} say={say} />}
        {view?.duty != null && <DutyPanel duty={view.duty} view={view} chosen={chosen} actions={actions} />}
        {link === '' && <p class="card">{say('needs_link')}</p>}
        {lost && <p class="card">{view.problem ? say('failed', { reason: view.problem }) : say('nothing_kept')}</p>}
      </main>
    </>
  );
}

/** Ask for news now and then, and at once when the network or the reader comes back. */
function follow(session: Session, poll: number): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void session.ask();
  }, poll);
  addEventListener('online', () => void session.hurry(), { signal });
  addEventListener('offline', () => session.offline(), { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') void session.hurry();
    },
    { signal },
  );
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}

const LANGUAGE_KEY = 'mealsvc-language';

function chosenLanguage(): Language | null {
  const kept = keptText(LANGUAGE_KEY);
  return kept === 'zh' || kept === 'en' ? kept : null;
}

function keptText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    if (error instanceof DOMException) return null; // the reader forbids the page to keep anything
    throw error;
  }
}

function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(LANGUAGE_KEY, language);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
