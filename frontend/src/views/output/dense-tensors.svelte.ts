/**
 * The tensors of a dense layer with the strip that it reads: all of its units at once, so that going from one class or element to the
 * next fetches nothing. What has arrived stays until the next is complete.
 */
import type { ApiError } from '../../data/api';
import { WHOLE_BYTES, type Run, type Tensors } from '../../data/tensors';
import type { Layer } from '../../protocol/network';
import { asProblem } from '../show.svelte';

/** A strip and, where there is one, the dense layer that reads it. */
export interface DenseWish {
  run: Run;
  /** The flat layer that is read. */
  source: Layer;
  dense: Layer | null;
}

/** What has arrived. */
export interface DenseValues {
  wish: DenseWish;
  /** The elements, `[inputs]`. */
  inputs: Float32Array;
  /** `[outputs, inputs]`; `null` where there are none or they are too large to fetch. */
  weights: Float32Array | null;
  /** `[outputs]`; zeros where the layer has no bias. */
  biases: Float32Array;
  /** `[outputs]`. */
  outputs: Float32Array;
}

/** The tensors of one view. */
export class DenseTensors {
  here = $state.raw<DenseValues | null>(null);
  problem = $state.raw<ApiError | null>(null);
  readonly #tensors: Tensors;

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  /** Fetches what is wished; returns what gives it up. Call it in an effect. */
  follow(wish: DenseWish): () => void {
    const abort = new AbortController();
    void this.#fetch(wish, abort.signal);
    return () => {
      abort.abort(new DOMException('superseded', 'AbortError'));
    };
  }

  async #fetch(wish: DenseWish, signal: AbortSignal): Promise<void> {
    const { run, source, dense } = wish;
    const [units = 0] = dense?.shape ?? [];
    this.problem = null;
    try {
      const weigh = dense && dense.parameters * 4 <= WHOLE_BYTES;
      const [inputs, outputs, tensors] = await Promise.all([
        this.#tensors.layer(run, source.id, signal),
        dense ? this.#tensors.layer(run, dense.id, signal) : new Float32Array(0),
        weigh ? this.#tensors.weights(run, dense.id, signal) : [],
      ]);
      if (signal.aborted) return;
      const [weights = null, biases = new Float32Array(units)] = tensors;
      this.here = { wish, inputs, weights, biases, outputs };
    } catch (error) {
      if (!signal.aborted) this.problem = asProblem(error);
    }
  }
}
