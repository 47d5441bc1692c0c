/** Runs something when the page has nothing better to do. */

/** Leaves the page to itself for `settleMs` first. Returns what takes it back. */
export function whenIdle(run: () => void, settleMs = 0): () => void {
  let takeBack: () => void;
  const timer = setTimeout(() => {
    // Safari does not tell when it is idle.
    if (typeof requestIdleCallback !== 'function') return run();
    const asked = requestIdleCallback(run);
    takeBack = () => cancelIdleCallback(asked);
  }, settleMs);
  takeBack = () => clearTimeout(timer);
  return () => takeBack();
}
