import { expect, test } from 'vitest';

import { readDecimal, turned } from './decimal';

test.each([
  ['0.5', 0.5],
  ['0,5', 0.5],
  [' -1,25 ', -1.25],
  ['−2', -2],
  ['－2', -2],
  ['–0.75', -0.75],
  ['+3', 3],
  [',5', 0.5],
  ['.5', 0.5],
  ['4,', 4],
  ['1 000', 1000],
  ['', null],
  ['-', null],
  [',', null],
  ['1.2.3', null],
  ['1,000.5', null],
  ['1e3', null],
  ['a half', null],
])('%j is %s', (text, number) => {
  expect(readDecimal(text)).toBe(number);
});

test.each([
  ['', '−'],
  ['5', '−5'],
  ['-5', '5'],
  ['−0,5', '0,5'],
  [' +5', '−5'],
])('%j with the other sign is %j', (text, other) => {
  expect(turned(text)).toBe(other);
});
