import { expect, test } from 'vitest';

import { ciede2000, difference, EYE_NAMES, seenBy } from './eyes';
import type { Lab } from './lab';

// Published with the formula: Sharma, Wu and Dalal (2005), table 1.
test.each<[Lab, Lab, number]>([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
])('%j and %j differ by %d', (a, b, expected) => {
  expect(ciede2000(a, b)).toBeCloseTo(expected, 4);
  expect(ciede2000(b, a)).toBeCloseTo(expected, 4);
});

test('white is white and black is black to every eye, and a colour does not differ from itself', () => {
  for (const eye of EYE_NAMES) {
    expect(seenBy(eye, [255, 255, 255])[0]).toBeCloseTo(100, 1);
    expect(seenBy(eye, [0, 0, 0])[0]).toBeCloseTo(0, 6);
    expect(difference(eye, [12, 200, 90], [12, 200, 90])).toBe(0);
  }
});

test('red and green of one lightness differ less to whom one of them is missing', () => {
  const [red, green] = [
    [200, 80, 60],
    [90, 130, 60],
  ] as const;
  expect(difference('deuteranopia', red, green)).toBeLessThan(difference('usual', red, green) / 2);
});
