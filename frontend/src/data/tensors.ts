/**
 * Tensors: activations and weights of a network, by content, as the server computed them. Overviews are compact and for painting;
 * layers, units and weights are exact `f32` and for numbers.
 */
import type { KernelEdit, LayerId, PictureId } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { ApiError, bytesOf, request } from './api';
import { Blobs } from './blobs';
import { bearingOn, editQuery } from './edit';
import type { Overview } from './overview';
import { loadOverview } from './overviews';
import type { OverviewSize } from './overviewSize';

/** Memory for overviews: several pictures of a large network, in bytes. */
const OVERVIEW_BYTES = 48 * 1024 * 1024;
/** Memory for exact values, in bytes. */
const TENSOR_BYTES = 48 * 1024 * 1024;
/** Largest layer or weight tensor that is fetched whole, in bytes: more would take a phone too long for one look. */
export const WHOLE_BYTES = 8 * 1024 * 1024;

/** Whose activations. */
export interface Run {
  network: Description;
  picture: PictureId;
  /** A kernel that is tried instead of the learned one, if one is. */
  edit: KernelEdit | null;
}

/** All tensors that screens share. */
export class Tensors {
  readonly #overviews = new Blobs<Overview>({ budgetBytes: OVERVIEW_BYTES, sizeOf: overviewBytes });
  readonly #exact = new Blobs<Float32Array>({
    budgetBytes: TENSOR_BYTES,
    sizeOf: (values) => values.byteLength,
  });

  /** An overview that is here already: of the size, or a larger one. */
  peekOverview(run: Run, size: OverviewSize): Overview | null {
    const here = this.#overviews.peek(overviewPath(run, 'full'));
    return here ?? (size === 'phone' ? this.#overviews.peek(overviewPath(run, 'phone')) : null);
  }

  /** Every map of every layer, for painting. */
  overview(run: Run, size: OverviewSize, signal: AbortSignal): Promise<Overview> {
    const path = overviewPath(run, size);
    return this.#overviews.get(path, (abort) => loadOverview(path, run.network, abort), signal);
  }

  /** A layer's values, `[C, H, W]` or `[N]`. */
  layer(run: Run, layer: LayerId, signal: AbortSignal): Promise<Float32Array> {
    return this.#floats(layerPath(run, layer), elements(run.network, layer), signal);
  }

  /** One unit's values, `[H, W]` or one. */
  async unit(run: Run, layer: LayerId, unit: number, signal: AbortSignal): Promise<Float32Array> {
    const all = elements(run.network, layer);
    const units = run.network.layers.find((each) => each.id === layer)?.shape[0] ?? 1;
    const each = all / units;
    const whole = this.#exact.peek(layerPath(run, layer));
    if (whole) return whole.subarray(unit * each, (unit + 1) * each);
    return this.#floats(layerPath(run, layer, `/${unit}`), each, signal);
  }

  /** A layer's weight tensors, in the order and shapes of its description, as the run computes with them. */
  async weights(
    { network, edit }: Pick<Run, 'network' | 'edit'>,
    layer: LayerId,
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    const shapes = network.layers.find((each) => each.id === layer)?.weights ?? [];
    const sizes = shapes.map((shape) => shape.reduce((product, n) => product * n, 1));
    const query = editQuery(edit?.layer === layer ? edit : null);
    return this.#tensorsAt(`/api/weights/${network.digest}/${layer}${query}`, sizes, signal);
  }

  /** One unit's part of each of a layer's weight tensors; with those of all units, unless they are too many. */
  async unitWeights(
    run: Pick<Run, 'network' | 'edit'>,
    layer: LayerId,
    unit: number,
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    const { network, edit } = run;
    const found = network.layers.find((each) => each.id === layer);
    const sizes = found?.weights.map(([, ...shape]) => shape.reduce((product, n) => product * n, 1)) ?? [];
    if (found && found.parameters * 4 <= WHOLE_BYTES) {
      const all = await this.weights(run, layer, signal);
      return all.map((tensor, i) => tensor.subarray(unit * (sizes[i] ?? 0), (unit + 1) * (sizes[i] ?? 0)));
    }
    const query = editQuery(edit?.layer === layer ? edit : null);
    return this.#tensorsAt(`/api/weights/${network.digest}/${layer}/${unit}${query}`, sizes, signal);
  }

  /** Tensors of these sizes that are served joined. */
  async #tensorsAt(path: string, sizes: readonly number[], signal: AbortSignal): Promise<Float32Array[]> {
    const total = sizes.reduce((sum, n) => sum + n, 0);
    const joined = await this.#floats(path, total, signal);
    let begin = 0;
    return sizes.map((size) => joined.subarray(begin, (begin += size)));
  }

  #floats(path: string, count: number, signal: AbortSignal): Promise<Float32Array> {
    const load = async (abort: AbortSignal) => {
      const response = await request(path, { signal: abort });
      const values = floats(await bytesOf(response, abort));
      if (values.length !== count) throw nonsense(`${values.length} values instead of ${count}`);
      return values;
    };
    return this.#exact.get(path, load, signal);
  }
}

/** Number of values of a layer; 0 for one that the network does not have. */
export function elements(network: Description, layer: LayerId): number {
  const found = network.layers.find((each) => each.id === layer);
  return found ? found.shape.reduce((product, n) => product * n, 1) : 0;
}

function runPath(kind: 'tensors' | 'overviews', { network, picture }: Run): string {
  return `/api/${kind}/${network.digest}/${picture}`;
}

/** What no edit reaches keeps its address, so that it is fetched once. */
function layerPath(run: Run, layer: LayerId, unit = ''): string {
  const query = editQuery(bearingOn(run.network, run.edit, layer));
  return `${runPath('tensors', run)}/${layer}${unit}${query}`;
}

function overviewPath(run: Run, size: OverviewSize): string {
  return `${runPath('overviews', run)}/${size}${editQuery(run.edit)}`;
}

/** The values of little-endian `f32` bytes: the order of every machine that runs a browser. */
function floats(bytes: ArrayBuffer): Float32Array {
  if (bytes.byteLength % 4 !== 0) throw nonsense('a broken number');
  return new Float32Array(bytes);
}

function nonsense(what: string): ApiError {
  return new ApiError({ code: 'unexpected', message: `the answer made no sense: ${what}`, status: 200 });
}

function overviewBytes(overview: Overview): number {
  let bytes = overview.scores.byteLength;
  for (const maps of overview.layers.values()) bytes += maps.values.byteLength;
  return bytes;
}
