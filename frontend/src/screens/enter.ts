/** Taking part in a class for as long as a screen is shown, and the way its buttons ask for something. */
import { onMount } from 'svelte';

import type { Command } from '../protocol/classroom';
import { ClassStore, type Participation } from '../sync/class.svelte';
import { browserShelf, Keyring } from '../sync/keyring';
import { withFallback } from '../sync/fallback';
import { loaded, socketTo } from '../sync/transport';
import { watchBrowser } from '../sync/watch';
import { toasts } from '../ui/toasts.svelte';
import { outcomeWords } from '../ui/words';

/** Enters when the calling component is shown and leaves when it goes. */
export function enterClass(
  participation: Participation,
  keyring = new Keyring(participation.code, browserShelf()),
): ClassStore {
  const { code } = participation;
  // Few networks need the second way.
  const second = loaded(async () => (await import('../sync/events')).eventsTo(code));
  const store = new ClassStore(participation, keyring, {
    open: withFallback({ first: socketTo(code), second }),
    random: () => Math.random(),
    isOnline: () => navigator.onLine,
  });
  onMount(() => {
    store.start();
    const stop = watchBrowser(() => store.doubt());
    return () => {
      stop();
      store.close();
    };
  });
  return store;
}

/** Asks for something and says so when it does not happen. Returns whether it did. */
export async function ask(store: ClassStore, command: Command): Promise<boolean> {
  const words = outcomeWords(await store.send(command));
  if (words) toasts.show(words, 'bad');
  return words === null;
}
