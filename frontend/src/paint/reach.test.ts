import { expect, test } from 'vitest';

import type { LayerMaps, Overview } from '../data/overview';
import { network } from '../scene/sample';
import { rangedGroups } from './reach';

const described = network([
  { make: 'conv', units: 1 },
  { make: 'relu' },
  { make: 'conv', units: 1 },
  { make: 'pool' },
  { make: 'conv', units: 1 },
  { make: 'flatten' },
  { make: 'dense', units: 2 },
  { make: 'softmax' },
]);

/** One map per layer with the given ends; the values between do not matter. */
function overview(ends: Record<string, [number, number]>): Overview {
  const layers = described.layers.map(({ id }): [string, LayerMaps] => {
    const [low, high] = ends[id] ?? [0, 0];
    const min = Float32Array.of(low);
    return [id, { units: 1, rows: 1, columns: 1, values: min, min, max: Float32Array.of(high) }];
  });
  return { layers: new Map(layers), logits: null, scores: new Float32Array(2) };
}

const one = overview({
  input: [0.2, 0.9],
  conv_1: [-3, 1],
  relu_2: [0, 1],
  conv_3: [-1, 5],
  pool_4: [0, 5],
  conv_5: [-8, 2],
  flatten_6: [-8, 2],
  dense_7: [-4, 6],
  softmax_8: [0.1, 0.9],
});

test.each([
  ['block', [3, 5, 8]],
  ['module', [5, 8]],
  ['global', [8]],
] as const)('per %s, activations reach as far as the largest amount of their group', (choice, reaches) => {
  const groups = rangedGroups(described, one, choice);
  const activations = groups.filter(({ kind }) => kind === 'activation');
  expect(activations.map(({ range }) => range)).toEqual(
    reaches.map((reach) => ({ low: -reach, high: reach })),
  );
});

test('input, logits and scores have scales of their own', () => {
  const ranges = Object.fromEntries(
    rangedGroups(described, one, 'global').map(({ kind, range }) => [kind, range]),
  );
  expect(ranges['grey']).toEqual({ low: 0, high: 1 });
  expect(ranges['logit']).toEqual({ low: -4, high: 6 });
  expect(ranges['score']).toEqual({ low: 0, high: 1 });
});

test('another picture has other legends', () => {
  const [, first] = rangedGroups(described, overview({ conv_1: [-0.5, 0.25] }), 'block');
  expect(first?.range).toEqual({ low: -0.5, high: 0.5 });
});
