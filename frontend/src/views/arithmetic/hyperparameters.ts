/**
 * The sizes of a sliding window as one chooses them to see what comes out: everything square, one axis at a time. Exact integers, and
 * no values. Not a layer's own window: see `window.ts`.
 */
import type { Focus } from '../../protocol/classroom';
import type { Layer } from '../../protocol/network';
import { slidingOf, type Cell, type Sliding } from './window';

/** Input, padding, kernel, stride and dilation, in cells along one axis. */
export type Hyperparameters = Omit<Extract<Focus, { kind: 'hyperparameters' }>, 'kind'>;

/** The name of one size. */
export type SizeName = keyof Hyperparameters;

/** The sizes in the order in which they are taught, which is also that of `focusText`. */
export const SIZES = ['input', 'padding', 'kernel', 'stride', 'dilation'] as const satisfies SizeName[];

/** Least and greatest value of each size, as the server has them: a finger still hits every cell on a phone. */
export const LIMITS: Readonly<Record<SizeName, readonly [number, number]>> = {
  input: [1, 16],
  padding: [0, 8],
  kernel: [1, 11],
  stride: [1, 8],
  dilation: [1, 4],
};

/** What one begins with: small enough to count along. */
export const FIRST: Hyperparameters = { input: 6, padding: 1, kernel: 3, stride: 1, dilation: 1 };

/** The side of an input so large that the whole of a layer's input has no room. */
const DRAWN_INPUT = 10;

/** Rows of the input with its padding on both sides. */
export function paddedSide({ input, padding }: Hyperparameters): number {
  return input + 2 * padding;
}

/** Rows that a kernel spans, with the gaps that its dilation makes. */
export function reachOf({ kernel, dilation }: Hyperparameters): number {
  return dilation * (kernel - 1) + 1;
}

/**
 * Rows of the output, ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1 (Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*,
 * 2016, relationship 15). `null` where a size is out of range or the kernel does not fit.
 */
export function outputSide(sizes: Hyperparameters): number | null {
  const inRange = SIZES.every((name) => {
    const [least, most] = LIMITS[name];
    return Number.isInteger(sizes[name]) && sizes[name] >= least && sizes[name] <= most;
  });
  const room = paddedSide(sizes) - reachOf(sizes);
  return inRange && room >= 0 ? Math.floor(room / sizes.stride) + 1 : null;
}

/** The values that one size may have while the others stay: never one without an output. Sizes must have one themselves. */
export function rangeOf(sizes: Hyperparameters, name: SizeName): [number, number] {
  const [least, most] = LIMITS[name];
  const fits = (value: number) => outputSide({ ...sizes, [name]: value }) !== null;
  // Whatever fits is connected: a larger input or padding, a smaller kernel or dilation fits all the more.
  let [from, to] = [sizes[name], sizes[name]];
  while (from > least && fits(from - 1)) from -= 1;
  while (to < most && fits(to + 1)) to += 1;
  return [from, to];
}

/** The sizes with one of them changed, as far as the others let it. */
export function withSize(sizes: Hyperparameters, name: SizeName, value: number): Hyperparameters {
  const [least, most] = rangeOf(sizes, name);
  const near = Number.isFinite(value) ? Math.round(value) : sizes[name];
  return { ...sizes, [name]: Math.min(Math.max(near, least), most) };
}

/** How the window of these sizes moves over its input. */
export function slidingWith({ padding, kernel, stride, dilation }: Hyperparameters): Sliding {
  return {
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding, padding, padding],
    dilation: [dilation, dilation],
  };
}

/** How many positions of the kernel read each row of the padded input, from 0. A cell is read as often as its row times its column. */
export function readsOf(sizes: Hyperparameters): number[] {
  const reads = Array.from({ length: paddedSide(sizes) }, () => 0);
  for (let at = 0; at < (outputSide(sizes) ?? 0); at += 1) {
    for (let tap = 0; tap < sizes.kernel; tap += 1) {
      const row = at * sizes.stride + tap * sizes.dilation;
      reads[row] = (reads[row] ?? 0) + 1;
    }
  }
  return reads;
}

/** Rows of the padded input that no position reads, from 0. */
export interface Unread {
  /** Those beyond the last position: the stride does not divide the way evenly. */
  rest: number[];
  /** Those between: the stride or the dilation passes over them. */
  gaps: number[];
}

/** The rows (and columns) that are never read. */
export function unreadOf(sizes: Hyperparameters): Unread {
  const end = ((outputSide(sizes) ?? 1) - 1) * sizes.stride + reachOf(sizes);
  const never = readsOf(sizes).flatMap((reads, row) => (reads === 0 ? [row] : []));
  return { rest: never.filter((row) => row >= end), gaps: never.filter((row) => row < end) };
}

/** The output cell whose window has a cell of the padded input nearest to its middle. May lie outside of the output. */
export function cellNear(sizes: Hyperparameters, { row, column }: Cell): Cell {
  const along = (place: number) => Math.round((place - (reachOf(sizes) - 1) / 2) / sizes.stride);
  return { row: along(row), column: along(column) };
}

/** The sizes of a layer's own window, where it has one that is square and in range; a large input is drawn smaller. */
export function sizesOf(layer: Layer, source: Layer): Hyperparameters | null {
  const [, rows = 1, columns = 1] = source.shape;
  const sliding = layer.op.type === 'globalAveragePool' ? null : slidingOf(layer.op, { rows, columns });
  if (!sliding || rows !== columns || rows === 1 || (sliding.kernel[0] === 1 && sliding.stride[0] === 1))
    return null;
  const { kernel, stride, padding, dilation } = sliding;
  const isSquare = [kernel, stride, dilation].every(([across, along]) => across === along);
  if (!isSquare || padding.some((side) => side !== padding[0])) return null;
  const input = rows > LIMITS.input[1] ? DRAWN_INPUT : rows;
  const sizes = {
    input,
    padding: padding[0],
    kernel: kernel[0],
    stride: stride[0],
    dilation: dilation[0],
  };
  const fitting = { ...sizes, input: Math.max(input, reachOf(sizes) + stride[0] - 2 * padding[0]) };
  return [sizes, fitting].find((each) => (outputSide(each) ?? 0) > 1) ?? null;
}
