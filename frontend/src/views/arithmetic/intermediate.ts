/**
 * Intermediate maps of a convolution: one input channel with its kernel, before the sum over channels and without the bias. Sums run in
 * double precision and are rounded to `f32` once.
 */
import type { Channel } from './convolution';
import type { Cell, Extent, Sliding } from './window';

/** The part of output cell `at` that comes from one channel: the same as `partial(…).sum`, without its terms. */
export function partAt(sliding: Sliding, at: Cell, input: Extent, { values, kernel }: Channel): number {
  const [rows, columns] = sliding.kernel;
  const top = at.row * sliding.stride[0] - sliding.padding[0];
  const left = at.column * sliding.stride[1] - sliding.padding[1];
  let sum = 0;
  for (let i = 0; i < rows; i += 1) {
    const row = top + i * sliding.dilation[0];
    if (row < 0 || row >= input.rows) continue;
    for (let j = 0; j < columns; j += 1) {
      const column = left + j * sliding.dilation[1];
      if (column < 0 || column >= input.columns) continue;
      sum += (values[row * input.columns + column] ?? 0) * (kernel[i * columns + j] ?? 0);
    }
  }
  return sum;
}

/** The whole intermediate map of a channel, `[output.rows, output.columns]`. */
export function intermediateOf(
  sliding: Sliding,
  { input, output }: { input: Extent; output: Extent },
  channel: Channel,
): Float32Array {
  const map = new Float32Array(output.rows * output.columns);
  for (let i = 0; i < map.length; i += 1) {
    const at = { row: Math.floor(i / output.columns), column: i % output.columns };
    map[i] = partAt(sliding, at, input, channel);
  }
  return map;
}
