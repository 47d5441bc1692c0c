/**
 * One step of a convolution (a cross-correlation, as ONNX's `Conv` defines it), term by term:
 * y[o, r, c] = b[o] + Σ_i Σ_k x[i, …] · w[o, i, k], where i runs over the channels of the group of o and zeros are read in the padding.
 */
import { isOn, valueAt, windowAt, type Cell, type Extent, type Sliding } from './window';

/** One product of the sum. */
export interface Term extends Cell {
  value: number;
  weight: number;
  product: number;
  /** Whether the value is a zero of the padding. */
  padding: boolean;
}

/** What one input channel contributes to one output cell. */
export interface Partial {
  terms: Term[];
  sum: number;
}

/** One input channel and its kernel. */
export interface Channel {
  /** The channel's values, `[rows, columns]`. */
  values: Float32Array;
  /** The kernel's weights, row by row. */
  kernel: Float32Array;
}

/** The part of output cell `at` that comes from one channel. */
export function partial(sliding: Sliding, at: Cell, input: Extent, { values, kernel }: Channel): Partial {
  let sum = 0;
  const terms = windowAt(sliding, at).map((cell, i): Term => {
    const value = valueAt(values, cell, input) ?? 0;
    const weight = kernel[i] ?? 0;
    const product = value * weight;
    sum += product;
    return { ...cell, value, weight, product, padding: !isOn(cell, input) };
  });
  return { terms, sum };
}

/** Which channels of the layer before an output unit reads, and where its kernels are. */
export interface Kernels {
  /** First channel that is read. */
  first: number;
  /** One kernel per channel, row by row, from the first channel on. */
  kernels: Float32Array[];
}

/**
 * The kernels of output unit `unit` from its own weights, `[inputs / groups, kernel rows, kernel columns]`; `shape` is that of all units'
 * weights.
 */
export function kernelsOf(
  weights: Float32Array,
  shape: readonly number[],
  { unit, groups }: { unit: number; groups: number },
): Kernels {
  const [outputs = 1, channels = 1, rows = 1, columns = 1] = shape;
  const size = rows * columns;
  const kernels = Array.from({ length: channels }, (_, i) => weights.subarray(i * size, (i + 1) * size));
  return { first: Math.floor(unit / (outputs / groups)) * channels, kernels };
}

/** What every input channel contributes to output cell `at`, in order; with the bias their sum is the unit's value. */
export function channelSums(
  sliding: Sliding,
  at: Cell,
  input: Extent,
  { values, kernels: { first, kernels } }: { values: Float32Array; kernels: Kernels },
): number[] {
  const size = input.rows * input.columns;
  return kernels.map((kernel, i) => {
    const channel = values.subarray((first + i) * size, (first + i + 1) * size);
    return partial(sliding, at, input, { values: channel, kernel }).sum;
  });
}
