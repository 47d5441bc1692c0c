/**
 * Keeps the screen of a device from going dark while someone only watches. Where the browser has no such thing (it needs HTTPS), or does
 * not want to (a battery that is nearly empty), nothing happens and nobody is bothered.
 */

/** Keeps the screen on until the returned function is called. Browsers let it go with a page that is hidden: it is asked for again. */
export function stayAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined;
  const { wakeLock } = navigator;
  const end = new AbortController();
  let lock: WakeLockSentinel | null = null;
  let isAsking = false;

  async function ask(): Promise<void> {
    if (isAsking || document.visibilityState !== 'visible' || (lock && !lock.released)) return;
    isAsking = true;
    try {
      lock = await wakeLock.request('screen');
    } catch {
      lock = null;
    }
    isAsking = false;
    // What was ended while the browser thought about it.
    if (end.signal.aborted) release();
  }

  function release(): void {
    lock?.release().catch(() => undefined);
    lock = null;
  }

  document.addEventListener('visibilitychange', () => void ask(), { signal: end.signal });
  void ask();
  return () => {
    end.abort();
    release();
  };
}
