import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import type { Description, Layer } from '../protocol/network';
import { distance, layerOf, positionOf } from './place';

const layer = (id: string): Layer => ({
  id,
  op: { type: 'relu' },
  inputs: [],
  shape: [1],
  parameters: 0,
  weights: [],
  block: 0,
  module: 0,
});

const network: Description = {
  id: 'n',
  digest: 'd',
  name: 'N',
  summary: '',
  labels: ['cat', 'dog'],
  input: { channels: ['Grey'], height: 1, width: 1, range: [0, 1] },
  layers: ['input', 'conv', 'relu', 'output'].map(layer),
  logits: null,
  output: 'output',
  parameters: 0,
  gallery: [],
  credits: { licence: '', authors: [], data: '' },
};

const unit = (id: string): Focus => ({ kind: 'unit', layer: id, unit: 0 });

test('a class is at the output, the overview at no layer', () => {
  expect(layerOf({ kind: 'class', class: 1 }, network)).toBe('output');
  expect(layerOf({ kind: 'class', class: 1 }, null)).toBeNull();
  expect(layerOf({ kind: 'overview' }, network)).toBeNull();
  expect(layerOf(unit('conv'), null)).toBe('conv');
});

test('positions count from the input', () => {
  expect(positionOf(unit('input'), network)).toBe(0);
  expect(positionOf({ kind: 'class', class: 0 }, network)).toBe(3);
  expect(positionOf(unit('gone'), network)).toBeNull();
});

test('distance has a direction, and none to or from the overview', () => {
  expect(distance(unit('conv'), unit('output'), network)).toBe(2);
  expect(distance(unit('relu'), unit('conv'), network)).toBe(-1);
  expect(distance(unit('conv'), { kind: 'layer', layer: 'conv' }, network)).toBe(0);
  expect(distance({ kind: 'overview' }, unit('conv'), network)).toBeNull();
});
