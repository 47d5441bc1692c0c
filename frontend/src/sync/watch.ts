/** The browser's hints that a connection deserves a second look: network came or went, page shown again, woken from sleep. */

/** Calls `doubt` at every hint until the returned function is called. */
export function watchBrowser(doubt: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const seen = () => {
    if (document.visibilityState === 'visible') doubt();
  };
  for (const event of ['online', 'offline']) addEventListener(event, doubt, { signal });
  // A page that is only just loaded is shown, too: it has nothing to doubt yet.
  addEventListener('pageshow', ({ persisted }) => persisted && doubt(), { signal });
  document.addEventListener('visibilitychange', seen, { signal });
  return () => stop.abort();
}
