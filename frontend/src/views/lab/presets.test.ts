import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { KernelSize } from '../../data/kernels';
import { PRESETS, presetWeights, type Preset } from './presets';

const side = fc.integer({ min: 1, max: 11 });
const sizes = fc.record({ rows: side, columns: side });

const total = (weights: readonly number[]) => weights.reduce((sum, weight) => sum + weight, 0);
const turned = (weights: readonly number[]) => [...weights].reverse();
/** Rows become columns. */
const transposed = (weights: readonly number[], { rows, columns }: KernelSize) =>
  weights.map((_, i) => weights[(i % rows) * columns + Math.floor(i / rows)] ?? NaN);
const close = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 9));
};

describe('3 × 3', () => {
  const known: [Preset, number[]][] = [
    ['identity', [0, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['blur', Array.from({ length: 9 }, () => 1 / 9)],
    ['sharpen', [0, -1, 0, -1, 5, -1, 0, -1, 0]],
    ['edgesHorizontal', [-1, -2, -1, 0, 0, 0, 1, 2, 1]],
    ['edgesVertical', [-1, 0, 1, -2, 0, 2, -1, 0, 1]],
    ['edges', [0, 1, 0, 1, -4, 1, 0, 1, 0]],
    ['emboss', [-2, -1, 0, -1, 1, 1, 0, 1, 2]],
    ['zero', Array.from({ length: 9 }, () => 0)],
  ];
  test.each(known)('%s is the one of the books', (preset, weights) => {
    close(presetWeights(preset, { rows: 3, columns: 3 }), weights);
  });
  test('all are there', () => expect(known.map(([preset]) => preset)).toEqual([...PRESETS]));
});

test('a flat picture stays as bright, or has no edges', () => {
  const sums: Record<Preset, number> = {
    identity: 1,
    blur: 1,
    sharpen: 1,
    emboss: 1,
    edgesHorizontal: 0,
    edgesVertical: 0,
    edges: 0,
    zero: 0,
  };
  fc.assert(
    fc.property(sizes, fc.constantFrom(...PRESETS), (size, preset) => {
      const weights = presetWeights(preset, size);
      expect(weights).toHaveLength(size.rows * size.columns);
      expect(total(weights)).toBeCloseTo(sums[preset], 9);
    }),
  );
});

test('edges one way are the edges the other way, on their side', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const other = { rows: size.columns, columns: size.rows };
      close(transposed(presetWeights('edgesHorizontal', size), size), presetWeights('edgesVertical', other));
    }),
  );
});

test('edges turned by half are their opposite', () => {
  fc.assert(
    fc.property(sizes, fc.constantFrom<Preset>('edgesHorizontal', 'edgesVertical'), (size, preset) => {
      const weights = presetWeights(preset, size);
      close(
        turned(weights),
        weights.map((weight) => -weight),
      );
    }),
  );
});

test('with a middle, blur, sharpening and all edges are the same from every side', () => {
  const odd = fc.integer({ min: 0, max: 5 }).map((n) => 2 * n + 1);
  fc.assert(
    fc.property(odd, fc.constantFrom<Preset>('identity', 'blur', 'sharpen', 'edges'), (n, preset) => {
      const size = { rows: n, columns: n };
      const weights = presetWeights(preset, size);
      close(turned(weights), weights);
      close(transposed(weights, size), weights);
    }),
  );
});
