import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import { tinyVgg } from '../scene/sample';
import { viewTitle } from './title';

const network = tinyVgg();

test.each<[Focus, string | null]>([
  [{ kind: 'overview' }, null],
  [{ kind: 'layer', layer: 'conv_1' }, 'conv_1'],
  [{ kind: 'unit', layer: 'conv_1', unit: 3 }, 'conv_1 · unit 4'],
  [{ kind: 'link', layer: 'conv_1', unit: 3, input: 0 }, 'conv_1 · unit 4'],
  [{ kind: 'unit', layer: 'input', unit: 1 }, 'input · Green'],
  [{ kind: 'class', class: 2 }, 'class 2'],
  [
    { kind: 'hyperparameters', input: 6, padding: 1, kernel: 3, stride: 1, dilation: 1 },
    'Kernel size, stride, padding',
  ],
])('%o is called %s', (focus, title) => {
  expect(viewTitle(focus, network)).toBe(title);
});

test('units have numbers where the network is not known yet', () => {
  expect(viewTitle({ kind: 'unit', layer: 'input', unit: 1 }, null)).toBe('input · unit 2');
  expect(viewTitle({ kind: 'class', class: 1 }, null)).toBeNull();
});
