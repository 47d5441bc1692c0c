/**
 * The channels that a unit reads: parts of the whole source where that is here, else fetched one by one when they are first asked for (of
 * a source that is too large to be fetched whole, only what is in sight).
 */
import { SvelteMap } from 'svelte/reactivity';

import type { Tensors } from '../../data/tensors';
import { unitOf, type UnitTensors } from '../tensors.svelte';

/** The channels of one unit's source. */
export class Channels {
  readonly #tensors: Tensors;
  readonly #here: UnitTensors;
  readonly #single = new SvelteMap<number, Float32Array>();
  readonly #asked = new Set<number>();
  readonly #abort = new AbortController();

  constructor(tensors: Tensors, here: UnitTensors) {
    this.#tensors = tensors;
    this.#here = here;
  }

  /** The values of an input, `[rows, columns]`; `null` while they are not here. */
  of(input: number): Float32Array | null {
    const { source, channel, wish } = this.#here;
    if (source && wish.source) return unitOf(source, wish.source, input);
    return wish.input === input ? channel : (this.#single.get(input) ?? null);
  }

  /** Fetches an input that is not here. One that does not come is left out: the next unit or picture asks again. */
  ask(input: number): void {
    const { run, source } = this.#here.wish;
    if (!source || this.#asked.has(input) || this.of(input)) return;
    this.#asked.add(input);
    this.#tensors
      .unit(run, source.id, input, this.#abort.signal)
      .then((values) => this.#single.set(input, values))
      .catch(() => this.#asked.delete(input));
  }

  end(): void {
    this.#abort.abort(new DOMException('superseded', 'AbortError'));
  }
}
