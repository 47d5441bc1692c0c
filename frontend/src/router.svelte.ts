/** Where this window is: the page and the query, kept in step with the address bar. Not what the pages show. */
import { getContext, setContext } from 'svelte';

import { isPlainClick, parsePath, pathOf, type Route } from './router';
import { afterFrame } from './ui/frame';

export class Router {
  route = $state.raw<Route>({ page: 'home' });
  /** The query, with the question mark or empty. */
  search = $state('');
  /** What the address bar has not been told yet: browsers take longer for it than a frame has. */
  #untold: (() => void)[] = [];

  constructor() {
    this.#read();
    addEventListener('pagehide', () => this.#tell());
  }

  /** Follows Back and Forward, and tells `moved` about them, until the returned function is called. */
  watch(moved: () => void = () => undefined): () => void {
    const read = () => {
      // Whoever went Back before the address bar knew of a place does not want to be there.
      this.#untold = [];
      this.#read();
      moved();
    };
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }

  /** Goes to a page. */
  go(route: Exclude<Route, { page: 'notFound' }>, fragment = ''): void {
    this.#tell();
    history.pushState(null, '', pathOf(route) + (fragment && `#${fragment}`));
    this.#read();
  }

  /** Goes to an address of this server, as a link does, but without loading everything anew. */
  follow(address: string): void {
    this.#tell();
    history.pushState(null, '', address);
    this.#read();
  }

  /** For the clicks on a link within this server: goes there without loading everything anew. */
  clicked = (event: MouseEvent & { currentTarget: HTMLAnchorElement }): void => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.follow(event.currentTarget.pathname);
  };

  /** Names the part of the page that is in sight. */
  mark(fragment: string): void {
    this.#tell();
    const address = location.pathname + location.search + (fragment && `#${fragment}`);
    if (address !== location.pathname + location.search + location.hash)
      history.replaceState(history.state, '', address);
  }

  /** The same page with another query: as a new place to come Back from, or as a detail of this one. */
  query(query: string, how: 'push' | 'replace'): void {
    const search = query && `?${query}`;
    if (search === this.search) return;
    const address = location.pathname + search;
    if (this.#untold.length === 0) afterFrame(() => this.#tell());
    this.#untold.push(() => {
      if (how === 'push') history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    });
    this.search = search;
  }

  /** Takes the fragment out of the address bar and returns it without `#`: a secret is not left lying about. */
  takeFragment(): string {
    this.#tell();
    const fragment = location.hash.slice(1);
    if (fragment) history.replaceState(history.state, '', location.pathname + location.search);
    return fragment;
  }

  #tell(): void {
    for (const write of this.#untold.splice(0)) write();
  }

  #read(): void {
    const route = parsePath(location.pathname);
    if (route.page !== 'notFound' && pathOf(route) !== location.pathname)
      history.replaceState(history.state, '', pathOf(route) + location.search + location.hash);
    // The same page stays the same object, so that it is not made anew where only the query changed.
    if (JSON.stringify(route) !== JSON.stringify(this.route)) this.route = route;
    this.search = location.search;
  }
}

const KEY = Symbol('router');

export function provideRouter(router: Router): Router {
  return setContext(KEY, router);
}

export function useRouter(): Router {
  return getContext<Router>(KEY);
}
