/** What an edited unit was before: the weights that the network learned, and all maps of the trained network for the same picture. */
import type { ApiError } from '../../data/api';
import { kernelsRead } from '../../data/kernels';
import type { Overview } from '../../data/overview';
import type { OverviewSize } from '../../data/overviewSize';
import type { Run, Tensors } from '../../data/tensors';
import { layerOf } from '../names';
import { fetched } from '../fetched';
import { kernelsOf } from '../arithmetic/convolution';
import { opAs } from '../units/unit';
import type { Learned } from './editing';

/** Which unit, and of which picture. */
export interface LearnedWish {
  /** A run without an edit. */
  run: Run;
  size: OverviewSize;
  layer: string;
  unit: number;
}

/** The trained network beside the edited one. */
export class Trained {
  learned = $state.raw<Learned | null>(null);
  overview = $state.raw<Overview | null>(null);
  problem = $state.raw<ApiError | null>(null);
  readonly #tensors: Tensors;

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  /** Fetches both; returns what gives that up. Call it in an effect. */
  follow(wish: LearnedWish): () => void {
    const abort = new AbortController();
    void this.#fetch(wish, abort.signal);
    return () => abort.abort(new DOMException('superseded', 'AbortError'));
  }

  async #fetch({ run, size, layer, unit }: LearnedWish, signal: AbortSignal): Promise<void> {
    const here = await fetched(
      this,
      () =>
        Promise.all([
          this.#tensors.unitWeights(run, layer, unit, signal),
          this.#tensors.overview(run, size, signal),
        ]),
      signal,
    );
    if (!here) return;
    const [tensors, overview] = here;
    this.learned = learnedOf(run, layer, unit, tensors);
    this.overview = overview;
  }
}

/** A unit's own part of its layer's weight tensors; `null` for a layer without kernels. */
function learnedOf(
  { network }: Run,
  id: string,
  unit: number,
  [weights, biases]: readonly Float32Array[],
): Learned | null {
  const layer = layerOf(network, id);
  const op = layer && opAs(layer.op, 'conv');
  const [shape] = layer?.weights ?? [];
  const size = layer && kernelsRead(layer, unit)?.size;
  if (!op || !weights || !shape || !size) return null;
  const { first, kernels } = kernelsOf(weights, shape, { unit, groups: op.groups });
  return { layer: id, unit, size, first, kernels, bias: biases?.[0] ?? null };
}
