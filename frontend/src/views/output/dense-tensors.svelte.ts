/**
 * The tensors of a dense layer with the strip that it reads: all of its units at once, so that going from one class or element to the
 * next fetches nothing; of a layer with too many weights for that, those of the open unit, or of the units with the greatest values.
 * What has arrived stays until the next is complete.
 */
import type { ApiError } from '../../data/api';
import { WHOLE_BYTES, type Run, type Tensors } from '../../data/tensors';
import type { Layer } from '../../protocol/network';
import { fetched } from '../fetched';

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
export interface DenseValues extends Rows {
  wish: DenseWish;
  /** The elements, `[inputs]`. */
  inputs: Float32Array;
  /** `[outputs]`. */
  outputs: Float32Array;
}

/** The weights of some units. */
interface Rows {
  /** The units whose weights are here, in the order of the layer. */
  units: readonly number[];
  /** The weights of one unit, `[inputs]`, and its bias, 0 where the layer has none; `null` for a unit that is not here. */
  row: (unit: number) => Row | null;
}

interface Row {
  weights: Float32Array;
  bias: number;
}

const NO_ROWS: Rows = { units: [], row: () => null };

/** Most units whose weights are fetched one by one, where all are too many: as many as a list tells apart. */
const APART = 12;

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
    const here = await fetched(
      this,
      async () => {
        const values = dense
          ? this.#tensors.layer(run, dense.id, signal)
          : Promise.resolve(new Float32Array(0));
        const [inputs, outputs, rows] = await Promise.all([
          this.#tensors.layer(run, source.id, signal),
          values,
          dense ? this.#rows(wish, dense, { values, signal }) : NO_ROWS,
        ]);
        return { wish, inputs, outputs, ...rows };
      },
      signal,
    );
    if (here) this.here = here;
  }

  /** The weights that are few enough to be fetched, by unit. */
  async #rows(
    { run, unit }: DenseWish,
    dense: Layer,
    { values, signal }: { values: Promise<Float32Array>; signal: AbortSignal },
  ): Promise<Rows> {
    const [count = 1] = dense.shape;
    if (dense.parameters * 4 <= WHOLE_BYTES) {
      const [all = new Float32Array(0), biases] = await this.#tensors.weights(run, dense.id, signal);
      const length = all.length / count;
      return {
        units: Array.from({ length: count }, (_, of) => of),
        row: (of) => ({ weights: all.subarray(of * length, (of + 1) * length), bias: biases?.[of] ?? 0 }),
      };
    }
    const fitting = Math.floor((WHOLE_BYTES / 4 / dense.parameters) * count);
    const most = Math.min(Math.max(fitting, 1), APART);
    const units = unit === null ? greatest(await values, most) : [unit];
    const parts = await Promise.all(units.map((of) => this.#tensors.unitWeights(run, dense.id, of, signal)));
    const row = (of: number) => {
      const [weights, bias] = parts[units.indexOf(of)] ?? [];
      return weights ? { weights, bias: bias?.[0] ?? 0 } : null;
    };
    return { units, row };
  }
}

/** The places of the `count` greatest values, in order. */
function greatest(values: Float32Array, count: number): number[] {
  const places = Array.from(values.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  return places.slice(0, count).sort((a, b) => a - b);
}
