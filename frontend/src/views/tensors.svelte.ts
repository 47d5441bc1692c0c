/**
 * The exact tensors behind an open unit: its own values, what it reads, and its weights. All of them belong together: they are replaced
 * at once, when the last one has arrived.
 */
import type { ApiError } from '../data/api';
import { changesAnything } from '../data/edit';
import { elements, WHOLE_BYTES, type Run, type Tensors } from '../data/tensors';
import type { Description, Layer } from '../protocol/network';
import { Newest } from './newest';
import { fetched } from './fetched';

/** Whose tensors. */
export interface UnitWish {
  run: Run;
  layer: Layer;
  source: Layer | null;
  unit: number;
  /** The unit of the source whose values are needed in any case. */
  input: number;
}

/** What has arrived. */
export interface UnitTensors {
  wish: UnitWish;
  /** The unit's values, `[rows, columns]` or one. */
  output: Float32Array;
  /** All that the layer before says, `[C, H, W]` or `[N]`; `null` where that is too large to look at whole. */
  source: Float32Array | null;
  /** The values of the unit `wish.input` of the source. */
  channel: Float32Array;
  /** The unit's part of each of the layer's weight tensors. */
  weights: readonly Float32Array[];
}

/** The tensors of the unit that is open. */
export class OpenTensors {
  here = $state.raw<UnitTensors | null>(null);
  problem = $state.raw<ApiError | null>(null);
  #fetching = $state(false);
  readonly #tensors: Tensors;
  readonly #newest = new Newest<UnitWish>((wish, signal) => this.#fetch(wish, signal));
  /** The wish that was just given up. */
  #left: UnitWish | null = null;

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  /** Whether they are on their way. */
  get busy(): boolean {
    return this.#fetching && this.problem === null;
  }

  /** Fetches a unit's tensors; returns what gives them up. Call it in an effect. */
  follow(wish: UnitWish): () => void {
    const before = this.#left;
    this.#left = null;
    // The same unit while its kernel is dragged: what is on its way is nearly as good.
    this.#newest.want(wish, before && isSibling(before, wish) ? 'after' : 'instead');
    return () => {
      this.#left = wish;
      // An effect that runs again follows the next wish at once; if none comes, nobody looks any more.
      queueMicrotask(() => {
        if (this.#left === wish) this.#newest.end();
      });
    };
  }

  async #fetch(wish: UnitWish, signal: AbortSignal): Promise<void> {
    this.#fetching = true;
    const here = await fetched(this, () => fetchUnit(this.#tensors, wish, signal), signal);
    if (signal.aborted) return;
    this.#fetching = false;
    if (here) this.here = here;
  }
}

/** Fetches what belongs to a unit. What was asked for before is here at once. */
export async function fetchUnit(tensors: Tensors, wish: UnitWish, signal: AbortSignal): Promise<UnitTensors> {
  const { run, layer, source, unit, input } = wish;
  const all = source && readsAll(layer) && bytes(run.network, source) <= WHOLE_BYTES;
  const [output, whole, single, weights] = await Promise.all([
    tensors.unit(run, layer.id, unit, signal),
    all ? tensors.layer(run, source.id, signal) : null,
    source && !all ? tensors.unit(run, source.id, input, signal) : null,
    layer.weights.length > 0 ? tensors.unitWeights(run, layer.id, unit, signal) : [],
  ]);
  const channel = single ?? (whole && source ? unitOf(whole, source, input) : new Float32Array(0));
  return { wish, output, source: whole, channel, weights };
}

/** Whether two wishes differ in the weights of an edited kernel only. */
function isSibling(a: UnitWish, b: UnitWish): boolean {
  return (
    a.run.network === b.run.network &&
    a.run.picture === b.run.picture &&
    changesAnything(a.run.edit) &&
    changesAnything(b.run.edit) &&
    a.layer === b.layer &&
    a.source === b.source &&
    a.unit === b.unit &&
    a.input === b.input
  );
}

/** The values of one unit of a whole layer. */
export function unitOf(values: Float32Array, layer: Layer, unit: number): Float32Array {
  const each = values.length / (layer.shape[0] ?? 1);
  return values.subarray(unit * each, (unit + 1) * each);
}

function readsAll(layer: Layer): boolean {
  return ['conv', 'dense', 'softmax', 'flatten'].includes(layer.op.type);
}

function bytes(network: Description, layer: Layer): number {
  return elements(network, layer.id) * 4;
}
