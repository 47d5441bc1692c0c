/**
 * The tensors of a dense layer with the strip that it reads: all of its units at once, so that going from one class or element to the
 * next fetches nothing; of a layer with too many weights for that, those of the open unit. What has arrived stays until the next is
 * complete.
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
  /** The unit that is open; `null` where all are looked at. */
  unit: number | null;
}

/** What has arrived. */
export interface DenseValues {
  wish: DenseWish;
  /** The elements, `[inputs]`. */
  inputs: Float32Array;
  /** `[outputs, inputs]`; `null` where there are none, or too many to fetch. */
  weights: Float32Array | null;
  /** The weights of one unit, `[inputs]`, and its bias, 0 where the layer has none; `null` for a unit that is not here. */
  row: (unit: number) => { weights: Float32Array; bias: number } | null;
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
    const { run, source, dense, unit } = wish;
    this.problem = null;
    try {
      const isWhole = dense !== null && dense.parameters * 4 <= WHOLE_BYTES;
      const only = isWhole ? null : unit;
      const [inputs, outputs, all, part] = await Promise.all([
        this.#tensors.layer(run, source.id, signal),
        dense ? this.#tensors.layer(run, dense.id, signal) : new Float32Array(0),
        isWhole ? this.#tensors.weights(run, dense.id, signal) : [],
        dense && only !== null ? this.#tensors.unitWeights(run, dense.id, only, signal) : [],
      ]);
      if (signal.aborted) return;
      const [weights = null, biases] = all;
      const [own, bias] = part;
      const row = (of: number) => {
        if (weights) {
          const values = weights.subarray(of * inputs.length, (of + 1) * inputs.length);
          return { weights: values, bias: biases?.[of] ?? 0 };
        }
        return own && of === only ? { weights: own, bias: bias?.[0] ?? 0 } : null;
      };
      this.here = { wish, inputs, weights, row, outputs };
    } catch (error) {
      if (!signal.aborted) this.problem = asProblem(error);
    }
  }
}
