import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import { tinyVgg } from '../scene/sample';
import { beside } from './beside';

const network = tinyVgg();

test.each<[string, Focus, number, Focus | null]>([
  [
    'the next unit',
    { kind: 'unit', layer: 'conv_1', unit: 3 },
    1,
    { kind: 'unit', layer: 'conv_1', unit: 4 },
  ],
  [
    'the one before',
    { kind: 'unit', layer: 'conv_1', unit: 3 },
    -1,
    { kind: 'unit', layer: 'conv_1', unit: 2 },
  ],
  ['none before the first', { kind: 'unit', layer: 'conv_1', unit: 0 }, -1, null],
  ['none after the last', { kind: 'unit', layer: 'conv_1', unit: 9 }, 1, null],
  [
    'the same input of the next unit',
    { kind: 'link', layer: 'conv_1', unit: 3, input: 2 },
    1,
    { kind: 'link', layer: 'conv_1', unit: 4, input: 2 },
  ],
  ['the next class', { kind: 'class', class: 1 }, 1, { kind: 'class', class: 2 }],
  ['none after the last class', { kind: 'class', class: 9 }, 1, null],
  ['nothing beside the overview', { kind: 'overview' }, 1, null],
  ['nothing beside a layer', { kind: 'layer', layer: 'conv_1' }, 1, null],
])('%s', (_, focus, by, expected) => {
  expect(beside(network, focus, by)).toEqual(expected);
});
