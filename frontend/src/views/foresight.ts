/** Foresight: fetches what opening a unit will show while somebody only points at it. Keeps nothing: the tensors' own cache does. */
import type { Tensors } from '../data/tensors';
import { fetchUnit, type UnitWish } from './tensors.svelte';

/** What is pointed at for less is only passed, in ms. */
const REST_MS = 60;

/** The foresight of one explorer. */
export class Foresight {
  readonly #tensors: Tensors;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | null = null;

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  /** What may be opened next; `null` when nothing is pointed at any more. */
  look(wish: UnitWish | null): void {
    clearTimeout(this.#timer);
    if (!wish) return;
    this.#timer = setTimeout(() => {
      this.#abort?.abort(new DOMException('superseded', 'AbortError'));
      this.#abort = new AbortController();
      // Whoever opens it asks again, and is told what went wrong.
      fetchUnit(this.#tensors, wish, this.#abort.signal).catch(() => undefined);
    }, REST_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
  }
}
