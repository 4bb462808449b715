// Runs beside the couriers' page where the address is secure: opens it without a network. It keeps
// an empty page and its scripts; the duty itself is in the page's own storage.
const CACHE = 'mealsvc-phone';
const SHELL = '/phone';
const PATIENCE = 4_000;

interface Happening extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Asking extends Happening {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Scope extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = self as unknown as Scope;

scope.addEventListener('install', (event) => {
  (event as Happening).waitUntil(keepShell().then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  (event as Happening).waitUntil(scope.clients.claim());
});

scope.addEventListener('fetch', (event) => {
  const asking = event as Asking;
  const { request } = asking;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') asking.respondWith(page(asking));
  else if (pathname.startsWith('/static/')) asking.respondWith(file(request));
});

/** The service's page; without an answer, or with one that says "later", the page that was kept. */
async function page(asking: Asking): Promise<Response> {
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), PATIENCE);
  try {
    const answer = await fetch(asking.request, { signal: slow.signal });
    if (answer.status >= 500) return await kept(SHELL, answer);
    asking.waitUntil(keepShell());
    return answer;
  } catch {
    return await kept(SHELL, Response.error());
  } finally {
    clearTimeout(timer);
  }
}

/** A file of the page: the names of built ones change with their content, so a kept one is right. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found && request.url.includes('/assets/')) return found;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return found ?? Response.error();
  }
}

async function kept(path: string, otherwise: Response): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? otherwise;
}

/** Keep the empty page and every file that it names. */
async function keepShell(): Promise<void> {
  const answer = await fetch(SHELL, { cache: 'no-cache' });
  if (!answer.ok) return;
  const cache = await caches.open(CACHE);
  const text = await answer.clone().text();
  const files = [...text.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1] ?? '');
  const missing = [];
  for (const name of files) if (!(await cache.match(name))) missing.push(name);
  await cache.addAll(missing);
  await cache.put(SHELL, answer);
}
