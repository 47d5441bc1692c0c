import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fittingType } from './fitting';

/** Type whose digits are 0.6 of its size wide. */
const widthOf = (text: string) => text.length * 0.6;
const text = (value: number) => value.toFixed(2);

test('small maps carry their numbers, large ones do not', () => {
  const values = Float32Array.of(0.25, -1.5);
  const with_ = (cell: number, least: number) => fittingType({ cell, least, values, text, widthOf });
  expect(with_(60, 14)).toBeCloseTo((60 * 0.86) / 3, 5);
  expect(with_(40, 14)).toBeNull();
  expect(with_(40, 11)).toBeCloseTo((40 * 0.86) / 3, 5);
  expect(with_(6, 11)).toBeNull();
});

test('numbers never leave their cell, and are never smaller than allowed', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 200, noNaN: true }),
      fc.integer({ min: 8, max: 20 }),
      fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 30 }),
      (cell, least, values) => {
        const size = fittingType({ cell, least, values: Float32Array.from(values), text, widthOf });
        if (size === null) return;
        expect(size).toBeGreaterThanOrEqual(least);
        expect(size).toBeLessThan(cell);
        for (const value of Float32Array.from(values)) expect(widthOf(text(value)) * size).toBeLessThan(cell);
      },
    ),
  );
});
