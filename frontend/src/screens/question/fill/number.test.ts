import { expect, test } from 'vitest';

import { isRight, typedNumber } from './number';

test.each([
  ['8', 8, 0],
  ['-8', -8, 0],
  ['−8', -8, 0],
  ['–8', -8, 0],
  [' + 3 ', 3, 0],
  ['1.50', 150, 2],
  ['1,5', 15, 1],
  ['−0,25', -25, 2],
  ['.5', 5, 1],
  ['2.', 2, 0],
  ['-0', 0, 0],
  ['0.000001', 1, 6],
  ['2147483647', 2147483647, 0],
])('%s is a number', (text, digits, decimals) => {
  expect(typedNumber(text)).toEqual({ digits, decimals });
});

test.each(['', '-', '.', ',', '1.2.3', '1,2,3', '1e5', 'x', '--1', '1-', '0.0000001', '2147483648', '٣'])(
  '%s is none',
  (text) => {
    expect(typedNumber(text)).toBeNull();
  },
);

test('a number is right within its tolerance, however many decimals it has', () => {
  const truth = { number: { digits: 250, decimals: 2 }, tolerance: 3 };
  for (const [digits, decimals, right] of [
    [250, 2, true],
    [25, 1, true],
    [253, 2, true],
    [247, 2, true],
    [2530, 3, true],
    [254, 2, false],
    [2531, 3, false],
    [2, 0, false],
    [-250, 2, false],
  ] as const)
    expect(isRight({ digits, decimals }, truth)).toBe(right);
});
