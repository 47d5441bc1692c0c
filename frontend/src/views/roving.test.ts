import { expect, test } from 'vitest';

import { columns } from '../scene/column';
import { tinyVgg } from '../scene/sample';
import { spotAfter } from './roving';

const all = columns(tinyVgg());

test.each([
  ['ArrowDown', 'conv_1', 3, 'right', { layer: 'conv_1', box: 4 }],
  ['ArrowDown', 'conv_1', 9, 'right', null],
  ['ArrowRight', 'conv_1', 9, 'right', { layer: 'relu_2', box: 9 }],
  ['ArrowLeft', 'conv_1', 9, 'right', { layer: 'input', box: 2 }],
  ['ArrowLeft', 'input', 0, 'right', null],
  ['ArrowRight', 'conv_1', 3, 'down', { layer: 'conv_1', box: 4 }],
  ['ArrowDown', 'conv_1', 3, 'down', { layer: 'relu_2', box: 3 }],
  ['Home', 'conv_1', 3, 'down', { layer: 'conv_1', box: 0 }],
  ['End', 'conv_1', 3, 'right', { layer: 'conv_1', box: 9 }],
  ['a', 'conv_1', 3, 'right', null],
] as const)('%s at %s/%d with layers to the %s', (key, layer, box, flow, expected) => {
  expect(spotAfter(key, { layer, box }, { flow }, all)).toEqual(expected);
});
