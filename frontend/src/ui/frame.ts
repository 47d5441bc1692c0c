/** What may wait until the page has painted: nobody sees it, and a frame would be late for it. Not what may wait for longer: `idle.ts`. */

/** A page that is not in sight has no frames: then it waits so long, in ms. */
const UNSEEN_MS = 200;

/** Runs something once the next frame is painted. Returns what takes it back. */
export function afterFrame(run: () => void): () => void {
  let timer = setTimeout(once, UNSEEN_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(once);
  });
  function once() {
    cancelAnimationFrame(frame);
    run();
  }
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
