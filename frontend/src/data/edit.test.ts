import { describe, expect, test } from 'vitest';

import type { KernelEdit } from '../protocol/classroom';
import type { Description, Layer } from '../protocol/network';
import { bearingOn, changesAnything, editQuery, editText, fitting } from './edit';

/** Two convolutions, the second in two groups; only the first has a bias. */
function layers(): Layer[] {
  const conv = (id: string, weights: number[][], groups: number): Layer => ({
    id,
    op: { type: 'conv', kernel: [1, 2], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1], groups },
    inputs: [],
    shape: [4, 5, 5],
    parameters: 0,
    weights,
    block: 0,
    module: 0,
  });
  const relu: Layer = { ...conv('relu', [], 1), op: { type: 'relu' } };
  return [conv('one', [[4, 3, 1, 2], [4]], 1), relu, conv('two', [[4, 2, 1, 2]], 2)];
}

const network = { layers: layers() } as unknown as Description;
const edit = (change: Partial<KernelEdit> = {}): KernelEdit => ({
  layer: 'one',
  unit: 3,
  kernels: [{ input: 2, weights: [1, 2] }],
  bias: 5,
  ...change,
});

describe('an edit fits a network', () => {
  const cases: [string, KernelEdit, boolean][] = [
    ['its own', edit(), true],
    ['another layer', edit({ layer: 'none' }), false],
    ['no convolution', edit({ layer: 'relu' }), false],
    ['another unit', edit({ unit: 4 }), false],
    ['another input', edit({ kernels: [{ input: 3, weights: [1, 2] }] }), false],
    ['another size', edit({ kernels: [{ input: 2, weights: [1] }] }), false],
    ['a bias that is not there', edit({ layer: 'two', kernels: [] }), false],
    ['an input of the group', edit({ layer: 'two', bias: null }), true],
    ['an input of the other group', edit({ layer: 'two', unit: 1, bias: null }), false],
  ];
  test.each(cases)('%s', (_, one, fits) => expect(fitting(network, one)).toBe(fits ? one : null));
  test('none', () => expect(fitting(network, null)).toBeNull());
});

test('only layers from the edited one on are about the edit', () => {
  const second = edit({ layer: 'two', bias: null });
  expect(['one', 'relu', 'two'].map((layer) => bearingOn(network, second, layer) !== null)).toEqual([
    false,
    false,
    true,
  ]);
  expect(bearingOn(network, edit({ kernels: [], bias: null }), 'two')).toBeNull();
});

test('an edit that changes nothing is not in the address', () => {
  const nothing = edit({ kernels: [], bias: null });
  expect(changesAnything(nothing)).toBe(false);
  expect(editQuery(nothing)).toBe('');
  expect(editQuery(null)).toBe('');
  expect(editText(edit())).toBe('{"layer":"one","unit":3,"kernels":[{"input":2,"weights":[1,2]}],"bias":5}');
  expect(decodeURIComponent(editQuery(edit()))).toBe(`?edit=${editText(edit())}`);
});
