/** Which class is pointed at, in a formula, a table or a circle, so that all of them light up together. On this screen only. */
import { getContext, setContext } from 'svelte';

/** The pointing of one explorer. */
export class Pointing {
  unit = $state<number | null>(null);
}

const KEY = Symbol('pointing');

/** Gives a pointing to the components below. */
export function providePointing(pointing: Pointing): Pointing {
  return setContext(KEY, pointing);
}

/** The pointing that a component is part of; one of its own where it stands alone. */
export function usePointing(): Pointing {
  return getContext<Pointing | undefined>(KEY) ?? new Pointing();
}
