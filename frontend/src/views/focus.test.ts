import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import { tinyVgg } from '../scene/sample';
import { above, focusText, opening, stepsOf, valid } from './focus';

const network = tinyVgg();

test.each<[Focus, string, Focus | null, number]>([
  [{ kind: 'overview' }, 'overview', null, 1],
  [{ kind: 'layer', layer: 'conv_1' }, 'layer conv_1', { kind: 'overview' }, 1],
  [{ kind: 'unit', layer: 'conv_1', unit: 3 }, 'unit conv_1 3', { kind: 'overview' }, 62 * 62],
  [
    { kind: 'link', layer: 'conv_1', unit: 3, input: 0 },
    'link conv_1 3 0',
    { kind: 'unit', layer: 'conv_1', unit: 3 },
    62 * 62,
  ],
  [{ kind: 'class', class: 4 }, 'class 4', { kind: 'overview' }, 1],
  [{ kind: 'unit', layer: 'input', unit: 0 }, 'unit input 0', { kind: 'overview' }, 1],
  [
    { kind: 'hyperparameters', input: 6, padding: 1, kernel: 3, stride: 2, dilation: 1 },
    'hyperparameters 6 1 3 2 1',
    { kind: 'overview' },
    9,
  ],
])('%o', (focus, text, up, steps) => {
  expect(focusText(focus)).toBe(text);
  expect(above(focus)).toEqual(up);
  expect(stepsOf(network, focus)).toBe(steps);
});

test('an output unit is opened as its class, any other as itself', () => {
  expect(opening(network, network.output, 2)).toEqual({ kind: 'class', class: 2 });
  expect(opening(network, 'conv_1', 2)).toEqual({ kind: 'unit', layer: 'conv_1', unit: 2 });
});

test('what the network does not have is shown as its overview', () => {
  const overview = { kind: 'overview' };
  expect(valid(network, { kind: 'unit', layer: 'gone', unit: 0 })).toEqual(overview);
  expect(valid(network, { kind: 'unit', layer: 'conv_1', unit: 10 })).toEqual(overview);
  expect(valid(network, { kind: 'class', class: 10 })).toEqual(overview);
  const sizes = { kind: 'hyperparameters', padding: 0, kernel: 3, stride: 1, dilation: 1 } as const;
  expect(valid(network, { ...sizes, input: 2 })).toEqual(overview);
  expect(valid(network, { ...sizes, input: 3 })).toEqual({ ...sizes, input: 3 });
  const there: Focus = { kind: 'unit', layer: 'conv_1', unit: 9 };
  expect(valid(network, there)).toBe(there);
});
