import { expect, test } from 'vitest';
import type { Layer, Op } from '../protocol/network';
import { opSentence } from './sentences';

/** The lowest and the highest `f32`, as JSON has them. */
const [LOWEST, HIGHEST] = [-3.4028235e38, 3.4028235e38];

function sentence(op: Op): string {
  const layer: Layer = {
    id: 'a',
    op,
    inputs: [],
    shape: [1],
    parameters: 0,
    weights: [],
    block: 0,
    module: 0,
  };
  return opSentence(layer);
}

test('a clip names its bounds, and says where there is none', () => {
  expect(sentence({ type: 'clip', min: 0, max: 6 })).toContain('between 0 and 6');
  expect(sentence({ type: 'clip', min: LOWEST, max: 6 })).toContain('between −∞ and 6');
  expect(sentence({ type: 'clip', min: -1.5, max: HIGHEST })).toContain('between −1.5 and ∞');
});

test('a leaky ReLU names its factor', () => {
  expect(sentence({ type: 'leakyRelu', alpha: 0.01 })).toContain('multiplied by 0.01');
});
