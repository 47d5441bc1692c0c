import { expect, test } from 'vitest';

import { stepAfter } from './steps';

const at = (step: number) => ({
  step,
  count: 12,
  columns: 4,
  onstep: () => undefined,
  onend: () => undefined,
});

test.each([
  ['ArrowRight', 5, 6],
  ['ArrowRight', 11, 11],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 5, 9],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 5, 1],
  ['ArrowUp', 1, 1],
  ['PageDown', 1, 9],
  ['PageUp', 10, 2],
  ['Home', 7, 0],
  ['End', 7, 11],
  ['a', 7, null],
])('%s at step %i of 3 × 4 leads to %s', (key, step, expected) => {
  expect(stepAfter(key, at(step))).toBe(expected);
});
