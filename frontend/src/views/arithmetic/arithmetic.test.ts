import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { channelSums, kernelsOf, partial } from './convolution';
import { normalized } from './normalization';
import { maximum, mean } from './pooling';
import { cellOfStep, cellReading, frameAt, slidingOf, stepOfCell, windowAt, type Sliding } from './window';

const plain: Sliding = { kernel: [3, 3], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1] };

/** Values 0, 1, 2, … of a map. */
const counting = (count: number) => Float32Array.from({ length: count }, (_, i) => i);

describe('window', () => {
  test('steps go row by row', () => {
    const output = { rows: 2, columns: 3 };
    expect(cellOfStep(4, output)).toEqual({ row: 1, column: 1 });
    expect(stepOfCell({ row: 9, column: -2 }, output)).toBe(3);
  });

  test('padding, stride and dilation decide what is read', () => {
    const sliding: Sliding = { kernel: [2, 2], stride: [2, 2], padding: [1, 0, 1, 0], dilation: [1, 3] };
    expect(windowAt(sliding, { row: 0, column: 1 })).toEqual([
      { row: -1, column: 2 },
      { row: -1, column: 5 },
      { row: 0, column: 2 },
      { row: 0, column: 5 },
    ]);
  });

  test('pointing at the middle of a window finds its step', () => {
    fc.assert(
      fc.property(
        fc.record({
          kernel: fc.constantFrom<[number, number]>([1, 1], [3, 3], [5, 3], [7, 7]),
          stride: fc.constantFrom<[number, number]>([1, 1], [2, 2], [3, 1]),
          padding: fc.constantFrom<[number, number, number, number]>(
            [0, 0, 0, 0],
            [1, 1, 1, 1],
            [3, 2, 0, 1],
          ),
          dilation: fc.constantFrom<[number, number]>([1, 1], [2, 2]),
        }),
        fc.nat(20),
        fc.nat(20),
        (sliding, row, column) => {
          const cells = windowAt(sliding, { row, column });
          const middle = cells[(cells.length - 1) / 2] ?? { row: 0, column: 0 };
          expect(cellReading(sliding, middle)).toEqual({ row, column });
        },
      ),
    );
  });

  test('the frame is as large as the cells lie apart', () => {
    const sliding: Sliding = { kernel: [2, 3], stride: [2, 1], padding: [1, 0, 0, 0], dilation: [2, 3] };
    const cells = windowAt(sliding, { row: 2, column: 1 });
    expect(frameAt(sliding, { row: 2, column: 1 })).toEqual({
      ...cells[0],
      rows: Math.max(...cells.map(({ row }) => row)) - Math.min(...cells.map(({ row }) => row)) + 1,
      columns:
        Math.max(...cells.map(({ column }) => column)) - Math.min(...cells.map(({ column }) => column)) + 1,
    });
  });

  test('what has no window says so', () => {
    expect(slidingOf({ type: 'dense' }, { rows: 1, columns: 1 })).toBeNull();
    expect(slidingOf({ type: 'globalAveragePool' }, { rows: 4, columns: 5 })?.kernel).toEqual([4, 5]);
  });
});

describe('convolution', () => {
  test('one channel, by hand', () => {
    // Rows 1–3, columns 1–3 of a 5 × 5 map of 0…24, with a kernel that takes the middle twice and the left neighbour away.
    const kernel = Float32Array.of(0, 0, 0, -1, 2, 0, 0, 0, 0);
    const made = partial(
      plain,
      { row: 1, column: 1 },
      { rows: 5, columns: 5 },
      { values: counting(25), kernel },
    );
    expect(made.sum).toBe(2 * 12 - 11);
    expect(made.terms[4]).toEqual({ row: 2, column: 2, value: 12, weight: 2, product: 24, padding: false });
  });

  test('zeros are read in the padding', () => {
    const sliding: Sliding = { ...plain, padding: [1, 1, 1, 1] };
    const made = partial(
      sliding,
      { row: 0, column: 0 },
      { rows: 2, columns: 2 },
      { values: Float32Array.of(1, 2, 3, 4), kernel: new Float32Array(9).fill(1) },
    );
    expect(made.sum).toBe(10);
    expect(made.terms.filter((term) => term.padding)).toHaveLength(5);
  });

  test('a group reads its own channels', () => {
    // 4 outputs, 2 groups, 3 channels each, 1 × 1 kernels.
    const weights = counting(12);
    const kernels = kernelsOf(weights.subarray(2 * 3, 3 * 3), [4, 3, 1, 1], { unit: 2, groups: 2 });
    expect(kernels.first).toBe(3);
    expect(kernels.kernels.map((kernel) => [...kernel])).toEqual([[6], [7], [8]]);
    const one: Sliding = { ...plain, kernel: [1, 1] };
    expect(
      channelSums(one, { row: 0, column: 0 }, { rows: 1, columns: 1 }, { values: counting(6), kernels }),
    ).toEqual([18, 28, 40]);
  });

  test('the channels and the bias add up to a convolution computed the other way round', () => {
    const small = fc.integer({ min: -8, max: 8 });
    fc.assert(
      fc.property(
        fc.record({
          channels: fc.integer({ min: 1, max: 4 }),
          side: fc.integer({ min: 3, max: 7 }),
          stride: fc.integer({ min: 1, max: 2 }),
          pad: fc.integer({ min: 0, max: 2 }),
          dilation: fc.integer({ min: 1, max: 2 }),
          seed: fc.array(small, { minLength: 300, maxLength: 300 }),
        }),
        ({ channels, side, stride, pad, dilation, seed }) => {
          const sliding: Sliding = {
            kernel: [3, 3],
            stride: [stride, stride],
            padding: [pad, pad, pad, pad],
            dilation: [dilation, dilation],
          };
          const input = { rows: side, columns: side };
          const values = Float32Array.from(seed.slice(0, channels * side * side));
          const weights = Float32Array.from(seed.slice(-channels * 9));
          const out = Math.floor((side + 2 * pad - 2 * dilation - 1) / stride) + 1;
          fc.pre(out > 0);
          const made = kernelsOf(weights, [1, channels, 3, 3], { unit: 0, groups: 1 });
          // Scatter: every input cell adds itself to every output cell that sees it.
          const expected = new Float64Array(out * out);
          for (let i = 0; i < channels; i += 1)
            for (let y = 0; y < side; y += 1)
              for (let x = 0; x < side; x += 1)
                for (let ky = 0; ky < 3; ky += 1)
                  for (let kx = 0; kx < 3; kx += 1) {
                    const [oy, ox] = [(y + pad - ky * dilation) / stride, (x + pad - kx * dilation) / stride];
                    if (
                      !Number.isInteger(oy) ||
                      !Number.isInteger(ox) ||
                      oy < 0 ||
                      ox < 0 ||
                      oy >= out ||
                      ox >= out
                    )
                      continue;
                    const product =
                      (values[(i * side + y) * side + x] ?? 0) * (weights[(i * 3 + ky) * 3 + kx] ?? 0);
                    expected[oy * out + ox] = (expected[oy * out + ox] ?? 0) + product;
                  }
          for (let step = 0; step < out * out; step += 1) {
            const at = cellOfStep(step, { rows: out, columns: out });
            const sums = channelSums(sliding, at, input, { values, kernels: made });
            expect(sums.reduce((a, b) => a + b, 0)).toBe(expected[step]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('pooling', () => {
  const two: Sliding = { kernel: [2, 2], stride: [2, 2], padding: [0, 0, 0, 0], dilation: [1, 1] };
  const input = { rows: 4, columns: 4 };

  test('the first of equal values wins', () => {
    const values = Float32Array.of(0, 0, 1, 2, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(maximum(two, { row: 0, column: 1 }, input, values)).toMatchObject({ winner: 1, value: 2 });
    expect(maximum(two, { row: 0, column: 0 }, input, values)).toMatchObject({ winner: 0, value: 0 });
  });

  test('padding never wins, also against negative values', () => {
    const sliding: Sliding = { ...two, padding: [1, 1, 1, 1] };
    const made = maximum(sliding, { row: 0, column: 0 }, input, new Float32Array(16).fill(-3));
    expect(made).toMatchObject({ winner: 3, value: -3 });
  });

  test.each([
    [true, 4],
    [false, 1],
  ])('the mean counts the padding: %s', (countPadding, count) => {
    const sliding: Sliding = { ...two, padding: [1, 1, 1, 1] };
    const made = mean(sliding, { row: 0, column: 0 }, input, {
      values: new Float32Array(16).fill(8),
      countPadding,
    });
    expect(made).toMatchObject({ sum: 8, count, value: 8 / count });
  });

  test('cells beyond even the padding never count', () => {
    const made = mean({ ...two, kernel: [3, 3] }, { row: 1, column: 1 }, input, {
      values: counting(16),
      countPadding: true,
    });
    expect(made).toMatchObject({ count: 4, value: (10 + 11 + 14 + 15) / 4 });
  });
});

test('pooling agrees with a look at every input cell', () => {
  fc.assert(
    fc.property(
      fc.record({
        side: fc.integer({ min: 3, max: 7 }),
        kernel: fc.integer({ min: 1, max: 3 }),
        stride: fc.integer({ min: 1, max: 3 }),
        pad: fc.integer({ min: 0, max: 1 }),
        dilation: fc.integer({ min: 1, max: 2 }),
        countPadding: fc.boolean(),
      }),
      fc.infiniteStream(fc.integer({ min: -9, max: 9 })),
      ({ side, kernel, stride, pad, dilation, countPadding }, numbers) => {
        const input = { rows: side, columns: side };
        const values = Float32Array.from({ length: side * side }, () => numbers.next().value as number);
        const sliding: Sliding = {
          kernel: [kernel, kernel],
          stride: [stride, stride],
          padding: [pad, pad, pad, pad],
          dilation: [dilation, dilation],
        };
        const out = Math.floor((side + 2 * pad - (kernel - 1) * dilation - 1) / stride) + 1;
        fc.pre(out > 0);
        for (let step = 0; step < out * out; step += 1) {
          const at = cellOfStep(step, { rows: out, columns: out });
          // From the input's side: which cells does this window hit?
          const hit = (place: number, from: number) => {
            const far = place + pad - from * stride;
            return far >= 0 && far % dilation === 0 && far / dilation < kernel;
          };
          const seen = [...values].filter(
            (_, i) => hit(Math.floor(i / side), at.row) && hit(i % side, at.column),
          );
          if (seen.length === 0) continue;
          expect(maximum(sliding, at, input, values).value).toBe(Math.max(...seen));
          const sum = seen.reduce((a, b) => a + b, 0);
          const count = countPadding ? kernel * kernel : seen.length;
          expect(mean(sliding, at, input, { values, countPadding }).value).toBeCloseTo(sum / count, 10);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('batch normalisation is one product and one sum', () => {
  const number = fc.float({ min: -50, max: 50, noNaN: true });
  const variance = fc.float({ min: 0, max: 50, noNaN: true });
  fc.assert(
    fc.property(number, number, number, number, variance, (value, gamma, beta, average, spread) => {
      const epsilon = 1e-3;
      const weights = [gamma, beta, average, spread].map((each) => Float32Array.of(99, each));
      const made = normalized(
        value,
        weights.map((each) => each.subarray(1)),
        epsilon,
      );
      const factor = gamma / Math.sqrt(spread + epsilon);
      expect(made?.result).toBeCloseTo(value * factor + (beta - average * factor), 6);
    }),
  );
  expect(normalized(1, [Float32Array.of(1)], 1e-3)).toBeNull();
});
