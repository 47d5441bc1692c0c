/** The service worker: the browser's events become questions to the keeper. Built by `build/worker.ts`, which knows all files. */
import { Keeper, type Build } from './keeper';
import { isWish } from './wish';

/** What TypeScript's library for pages does not know of a worker. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly caches: CacheStorage;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: Lasting & { data: unknown }) => void): void;
}

declare const BUILD: Build;

const scope = self as unknown as Scope;
const keeper = new Keeper(BUILD, {
  origin: scope.location.origin,
  caches: scope.caches,
  fetch: (request, init) => fetch(request, init),
});

// A newer worker answers at once, also to pages that are open: they find their files by names that no other build has.
scope.addEventListener('install', (event) =>
  event.waitUntil(keeper.install().then(() => scope.skipWaiting())),
);
scope.addEventListener('activate', (event) =>
  event.waitUntil(keeper.activate().then(() => scope.clients.claim())),
);
scope.addEventListener('fetch', (event) => {
  const answer = keeper.answer(event.request);
  if (answer) event.respondWith(answer);
});
scope.addEventListener('message', (event) => {
  const { data } = event;
  if (!isWish(data)) return;
  const { keep, language } = data;
  event.waitUntil(keeper.keep(keep).then(() => (language === null ? undefined : keeper.complete(language))));
});
