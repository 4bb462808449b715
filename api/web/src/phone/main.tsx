// Starts the couriers' page over what the server's page shows, and its worker where that is allowed.
import './phone.css';

import { render } from 'preact';

import { App } from './App.tsx';
import { openStorage } from './storage.ts';

const LINK = /^\/d\/([^/]+)$/;

async function start(): Promise<void> {
  const { poll, zone } = document.body.dataset;
  const storage = await openStorage(globalThis.indexedDB);
  const place = document.createElement('div');
  place.id = 'phone-app';
  render(
    <App
      link={LINK.exec(location.pathname)?.[1] ?? ''}
      storage={storage}
      first={document.documentElement.lang === 'en' ? 'en' : 'zh'}
      zone={zone ?? 'Asia/Shanghai'}
      poll={Number(poll ?? 20) * 1000}
      onFirst={() => {
        document.body.className = 'phone';
        document.body.replaceChildren(place);
      }}
    />,
    place,
  );
}

void start();
if (isSecureContext && 'serviceWorker' in navigator) {
  // Without it the page works, too, as long as it is open.
  navigator.serviceWorker.register('/phone-worker.js', { scope: '/d/' }).catch(() => undefined);
}
