// @vitest-environment jsdom
import { cleanup } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';

import type { Op } from '../../protocol/network';
import { show, type Trial } from './testing';

// What jsdom leaves out: sizes, media and painting. The numbers are text, and that is there.
vi.hoisted(() => {
  class ResizeObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  const matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} });
  Object.assign(globalThis, { ResizeObserver });
  Object.assign(window, { matchMedia });
  HTMLCanvasElement.prototype.getContext = () => null;
});
vi.mock('../../ui/frame', () => ({
  afterFrame: (run: () => void) => {
    run();
    return () => undefined;
  },
}));
afterEach(cleanup);

/** All text of an element, with one space where there are some. */
const words = (element: Element) => (element.textContent ?? '').replaceAll(/\s+/gu, ' ').trim();

const one = { rows: 1, columns: 3 };

/** An operation on the single cells −1.5, 0.5 and 7. */
function cellwise(op: Op, output: number[], step: number): Trial {
  const source = [Float32Array.of(-1.5, 0.5, 7)];
  return { op, source, sourceExtent: one, output: Float32Array.from(output), extent: one, step };
}

describe('functions of one cell', () => {
  test.each<[string, Op, number[], number, string, string]>([
    ['ReLU', { type: 'relu' }, [0, 0.5, 7], 0, 'max(0, −1.50) =0', '−1.50 becomes 0'],
    [
      'leaky ReLU below zero',
      { type: 'leakyRelu', alpha: 0.1 },
      [-0.15, 0.5, 7],
      0,
      'α = 0.1 × −1.5000 (x is below 0) =−0.1500',
      '−1.50 becomes −0.15',
    ],
    [
      'leaky ReLU above zero',
      { type: 'leakyRelu', alpha: 0.1 },
      [-0.15, 0.5, 7],
      1,
      '0.5000 (x is not below 0, so it stays) =0.5000',
      '0.50 becomes 0.50',
    ],
    [
      'sigmoid',
      { type: 'sigmoid' },
      [0.18242553, 0.62245935, 0.9990889],
      1,
      '1 ÷ (1 + e − 0.50 ) = 1 ÷ 1.6065 =0.6225',
      '0.50 becomes 0.62',
    ],
    ['ReLU6', { type: 'clip', min: 0, max: 6 }, [0, 0.5, 6], 2, 'min(max(7, 0), 6) =6', '7 becomes 6'],
    [
      'a clip without an upper bound',
      { type: 'clip', min: -1, max: 3.4028235e38 },
      [-1, 0.5, 7],
      0,
      'min(max(−1.50, −1), ∞) =−1',
      '−1.50 becomes −1',
    ],
    ['dropout', { type: 'dropout' }, [-1.5, 0.5, 7], 0, '−1.50 =−1.50', '−1.50 becomes −1.50'],
  ])('%s', (_, op, output, step, equation, spoken) => {
    const { container, ...made } = show(cellwise(op, output, step));
    expect(words(container)).toContain(equation);
    expect(made.spoken).toBe(spoken);
  });
});

test('batch normalisation shows γ, β, μ, σ² and ε, and what they make', () => {
  const { container } = show({
    ...cellwise({ type: 'batchNormalization', epsilon: 0.001 }, [-2.499, 0.499, 10.24], 1),
    weights: [[3], [0.5], [0.5], [3.999]].map((numbers) => Float32Array.from([...numbers, 0])),
  });
  const text = words(container);
  for (const [letter, value] of Object.entries({
    γ: '3',
    μ: '0.5000',
    'σ²': '3.9990',
    ε: '0.001',
    β: '0.5000',
  }))
    expect(text).toMatch(new RegExp(`${letter} ?${value}`, 'u'));
  expect(text).toContain('3 × ( 0.5000 − 0.5000) ÷ 2.0000 + 0.5000 =0.4990');
});

const four = { rows: 4, columns: 4 };
const two = { rows: 2, columns: 2 };
const counting = Float32Array.from({ length: 16 }, (_, i) => i);
const pool = { kernel: [2, 2], stride: [2, 2], padding: [0, 0, 0, 0] } as const;

test('max pooling marks the winner', () => {
  const { container, spoken } = show({
    op: { type: 'maxPool', dilation: [1, 1], ...copy(pool) },
    source: [counting],
    sourceExtent: four,
    output: Float32Array.of(5, 7, 13, 15),
    extent: two,
    step: 2,
  });
  expect(words(container)).toContain('max 891213 =13');
  const marked = [...container.getElementsByClassName('marked')].map(words);
  expect(marked).toEqual(['13', '13']);
  expect(spoken).toBe('largest value 13');
});

test('average pooling adds up and divides', () => {
  const { container, spoken } = show({
    op: { type: 'averagePool', countPadding: false, ...copy(pool) },
    source: [counting],
    sourceExtent: four,
    output: Float32Array.of(2.5, 4.5, 10.5, 12.5),
    extent: two,
    step: 1,
  });
  expect(words(container)).toContain('Σ 2367 ÷ 4 = 18 ÷ 4 =4.5000');
  expect(spoken).toBe('mean 4.50');
});

test('the global average is that of the whole map', () => {
  const { container } = show({
    op: { type: 'globalAveragePool' },
    source: [counting],
    sourceExtent: four,
    output: Float32Array.of(7.5),
    extent: { rows: 1, columns: 1 },
  });
  expect(words(container)).toContain('÷ 16 = 120 ÷ 16 =7.5000');
});

test.each([1, 3, 5, 7, 11])('a convolution of size %i writes all products and the whole sum', (size) => {
  const extent = { rows: size + 1, columns: size };
  const cells = extent.rows * extent.columns;
  const maps = [0, 1].map((channel) =>
    Float32Array.from({ length: cells }, (_, i) => ((i * 7 + channel * 3) % 11) - 5),
  );
  const weights = Float32Array.from({ length: 2 * size * size }, (_, i) => ((i * 5) % 7) - 3);
  // The second of two steps: the window begins in the second row. Integers, so that the reference is exact.
  const sums = maps.map((map, channel) =>
    map
      .subarray(extent.columns)
      .reduce((sum, value, i) => sum + value * (weights[channel * size * size + i] ?? 0), 0),
  );
  const expected = 4 + (sums[0] ?? 0) + (sums[1] ?? 0);
  const { container, spoken } = show({
    op: {
      type: 'conv',
      kernel: [size, size],
      stride: [1, 1],
      padding: [0, 0, 0, 0],
      dilation: [1, 1],
      groups: 1,
    },
    source: maps,
    sourceExtent: extent,
    output: Float32Array.of(0, expected),
    extent: { rows: 2, columns: 1 },
    weights: [weights, Float32Array.of(4)],
    shapes: [[1, 2, size, size], [1]],
    step: 1,
    input: 1,
  });
  expect(container.getElementsByClassName('factors')).toHaveLength(size * size);
  const [whole] = container.getElementsByClassName('whole');
  expect(Number((whole as HTMLElement).dataset['sum'])).toBe(expected);
  const number = (value: number) => String(value).replace('-', '−');
  expect(words(container)).toContain(`Σ x × w = ${number(sums[1] ?? 0)}`);
  expect(words(container)).toMatch(
    new RegExp(`y ${number(expected)} = Bias b 4\\s?\\+ unit 1 ${number(sums[0] ?? 0)}\\s?\\+ unit 2`, 'u'),
  );
  expect(spoken).toBe(`sum ${number(expected)}`);
});

/** The same with arrays that may be changed, as the protocol has them. */
function copy(pool_: typeof pool): {
  kernel: [number, number];
  stride: [number, number];
  padding: [number, number, number, number];
} {
  return { kernel: [...pool_.kernel], stride: [...pool_.stride], padding: [...pool_.padding] };
}
