/** Has this device keep what it loads, so that the app opens without a network. Browsers do so on HTTPS and on the own machine only. */
import type { Wish } from './wish';

/**
 * Starts the worker and tells it what was loaded without it. In a `language` all of the interface is kept; where that is `null`, only what
 * was used: in a class, hundreds of phones would load what they may never need.
 */
export async function register(language: string | null): Promise<void> {
  // The script itself is asked for anew each time: it is what says that there is a newer build.
  await navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  const keep = performance.getEntriesByType('resource').map(({ name }) => name);
  active?.postMessage({ keep, language } satisfies Wish);
}
