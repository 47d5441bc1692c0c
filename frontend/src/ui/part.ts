/** Parts of the interface that are loaded when they are needed. Not the screens: without those there is nothing to wait in. */
import { m } from '../paraglide/messages.js';
import { later } from './later';
import { toasts } from './toasts.svelte';

/** After so many failures in a row the person is told. */
const TOLD_AFTER = 3;

/** Loads a part, however often that fails: a network that is away for a moment takes nothing away from the page. */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (let failures = 0; ;) {
    try {
      return await load();
    } catch {
      failures += 1;
      if (failures === TOLD_AFTER) toasts.show(m.app_load_failed(), 'bad');
      await later(failures);
      await mendStyles();
    }
  }
}

/** Style sheets that did not arrive are asked for again: whoever imports a part a second time does not do it. */
async function mendStyles(): Promise<void> {
  const loaded = new Set([...document.styleSheets].map(({ ownerNode }) => ownerNode));
  const links = [...document.head.children].filter((element) => element instanceof HTMLLinkElement);
  const missing = links.filter((link) => link.rel === 'stylesheet' && !loaded.has(link));
  await Promise.all(missing.map(replaced));
}

/** The same link once more; settled when it is loaded or failed again. */
function replaced(link: HTMLLinkElement): Promise<void> {
  return new Promise((resolve) => {
    const next = document.createElement('link');
    next.rel = link.rel;
    next.href = link.href;
    next.onload = next.onerror = () => resolve();
    link.replaceWith(next);
  });
}
