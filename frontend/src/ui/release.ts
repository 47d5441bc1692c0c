/** What becomes of a page when the server has newer ones. Not the version of the protocol: see `sync/connection.ts`. */
import { m } from '../paraglide/messages.js';
import { parsePath } from '../router';
import { toasts } from './toasts.svelte';

/** Pages that load themselves anew do so within this long, in ms: a whole class hears of a newer build in the same second. */
const SPREAD_MS = 3000;

/** The build for which this window was loaded anew last: once is enough, whatever comes of it. */
const DONE_KEY = 'convocation:reloaded-for';

/** The build that is known, at first that of the page; in development there is none. */
let known = import.meta.env.PROD
  ? (document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? '')
  : '';

/** The server has this build. Where it is another one, the page is loaded anew, or offers it to whoever would lose something by that. */
export function takeUp(build: string): void {
  if (!known || build === known) return;
  known = build;
  if (!losesNothing() || sessionStorage.getItem(DONE_KEY) === build) return offer();
  setTimeout(() => {
    if (!losesNothing()) return offer();
    sessionStorage.setItem(DONE_KEY, build);
    location.reload();
  }, Math.random() * SPREAD_MS);
}

function offer(): void {
  toasts.propose(m.error_version_text(), { label: m.app_reload(), run: () => location.reload() });
}

/** Whether someone only watches here, and has begun nothing that a reload would take away. */
function losesNothing(): boolean {
  const { page } = parsePath(location.pathname);
  const watches = page === 'stage' || (page === 'seat' && location.search === '');
  const isWriting = document.activeElement?.matches('input, textarea') ?? false;
  return watches && !isWriting && document.querySelector('dialog[open], [popover]:popover-open') === null;
}
