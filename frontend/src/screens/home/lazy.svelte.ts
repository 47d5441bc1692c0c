/** A component that is loaded when the page has nothing better to do, and left out where it cannot be. */
import { onMount, type Component } from 'svelte';

import { whenIdle } from '../../ui/idle';

interface Lazy {
  readonly component: Component | null;
}

export function useLazy(load: () => Promise<{ default: Component }>): Lazy {
  let component = $state.raw<Component | null>(null);
  onMount(() =>
    whenIdle(() => {
      load().then(
        (module) => (component = module.default),
        () => undefined,
      );
    }),
  );
  return {
    get component() {
      return component;
    },
  };
}
