import { describe, expect, test } from 'vitest';

import type { Overview } from '../../data/overview';
import { network } from '../../scene/sample';
import { framesOf, inputOf, markedOf, openedOf, veilsOf } from './opened';

const described = network([
  { make: 'conv', units: 8, padding: 1 },
  { make: 'conv', units: 8, groups: 4, stride: 2 },
  { make: 'relu' },
]);
const overview: Overview = { layers: new Map(), logits: null, scores: new Float32Array() };
const shown = { network: described, picture: '', edit: null, overview };

describe('a unit of a grouped convolution', () => {
  const opened = openedOf(shown, { kind: 'link', layer: 'conv_2', unit: 5, input: 4 });

  test('reads the inputs of its group', () => {
    expect(opened).toMatchObject({ first: 4, count: 2, chosen: 4, unit: 5 });
  });

  test('has its window on all of them at once, and its result on all maps and on itself', () => {
    const frames = framesOf(opened, { row: 1, column: 3 });
    expect([...frames.keys()].sort()).toEqual([
      'conv_1/4',
      'conv_1/5',
      'conv_2/5',
      'map conv_2 4',
      'map conv_2 5',
    ]);
    expect(frames.get('conv_1/5')?.[0]?.cells).toEqual({ row: 2, column: 6, rows: 3, columns: 3 });
    expect(frames.get('map conv_2 4')?.[0]?.cells).toEqual({ row: 1, column: 3, rows: 1, columns: 1 });
  });

  test('reveals as many cells of the maps as of itself', () => {
    const veils = veilsOf(opened, 17);
    expect([...veils.keys()].sort()).toEqual(['conv_2/5', 'map conv_2 4', 'map conv_2 5']);
    expect(new Set([...veils.values()].map((veil) => veil.shown))).toEqual(new Set([17]));
  });

  test('lights the pair that is pointed at beside the one that is chosen', () => {
    expect(inputOf(opened, 'kernel conv_2 5')).toBe(5);
    expect(inputOf(opened, 'conv_1/3')).toBeNull();
    expect([...markedOf(opened, 'map conv_2 5')].sort()).toEqual([
      'conv_1/4',
      'conv_1/5',
      'conv_2/5',
      'kernel conv_2 4',
      'kernel conv_2 5',
      'map conv_2 4',
      'map conv_2 5',
      'term conv_2 4',
      'term conv_2 5',
    ]);
  });
});

test('the first window of a padded convolution begins outside of the map', () => {
  const opened = openedOf(shown, { kind: 'unit', layer: 'conv_1', unit: 0 });
  const [frame] = framesOf(opened, { row: 0, column: 0 }).get('input/0') ?? [];
  expect(frame?.cells).toEqual({ row: -1, column: -1, rows: 3, columns: 3 });
});

test('what is no unit of a convolution opens nothing', () => {
  for (const focus of [
    { kind: 'overview' } as const,
    { kind: 'layer', layer: 'conv_1' } as const,
    { kind: 'unit', layer: 'relu_3', unit: 0 } as const,
  ])
    expect(openedOf(shown, focus)).toBeNull();
  expect([framesOf(null, null).size, veilsOf(null, 3).size, markedOf(null, 'x').size]).toEqual([0, 0, 0]);
});
