import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';

import { locales, overwriteGetLocale } from '../paraglide/runtime.js';
import { brief, decimal, exact, figure, fineFigure, precise, rough, telling, whole } from './numbers';

// Other tests share this process.
afterEach(() => overwriteGetLocale(() => 'en'));

describe('in English', () => {
  test.each([
    [0.875, '0.88', '0.8750'],
    [-0.3149, '−0.31', '−0.3149'],
    [-0.0001, '0.00', '−0.0001'],
    [0, '0.00', '0.0000'],
    [1234.5, '1234.50', '1234.5000'],
    [2_500_000, '2.50E6', '2.50E6'],
    [Infinity, '∞', '∞'],
    [NaN, '–', '–'],
  ])('%d is %s, precisely %s', (value, short, long) => {
    overwriteGetLocale(() => 'en');
    expect(brief(value)).toBe(short);
    expect(precise(value)).toBe(long);
  });

  test.each([
    [-5, '−5', '−5'],
    [0, '0', '0'],
    [-0, '0', '0'],
    [0.5, '0.50', '0.5000'],
    [1200, '1,200', '1,200'],
    [2_500_000, '2.50E6', '2.50E6'],
    [NaN, '–', '–'],
  ])('%d is written as %s, and finely as %s', (value, short, long) => {
    overwriteGetLocale(() => 'en');
    expect(figure(value)).toBe(short);
    expect(fineFigure(value)).toBe(long);
  });

  test('what is too small for four decimals is told in powers of ten', () => {
    overwriteGetLocale(() => 'en');
    expect([0.9991, 0.0001, 1.116e-6, -2e-9, 0].map(telling)).toEqual([
      '0.9991',
      '0.0001',
      '1.1E−6',
      '−2.0E−9',
      '0.0000',
    ]);
  });

  test('an exact number has the digits of an f32', () => {
    overwriteGetLocale(() => 'en');
    expect(exact(Math.fround(-0.1))).toBe('−0.1');
    expect(exact(1.2345679)).toBe('1.2345679');
    expect(whole(1690)).toBe('1,690');
  });
});

test('in German the comma divides', () => {
  overwriteGetLocale(() => 'de');
  expect(precise(-0.5)).toBe('−0,5000');
  expect(whole(1690)).toBe('1.690');
});

test.each([
  [0, '0.0'],
  [-8.37, '−8.4'],
  [9.94, '9.9'],
  [11.06, '11'],
  [-37.21, '−37'],
])('%d is %s in a narrow legend', (value, expected) => {
  overwriteGetLocale(() => 'en');
  expect(rough(value)).toBe(expected);
});

test.each(locales)('in %s every number is written as the browser would', (locale) => {
  overwriteGetLocale(() => locale);
  const right = (value: number, options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options });
    return format.format(value).replaceAll('-', '−');
  };
  const digits = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
  const small = fc.double({ min: -99_999, max: 99_999, noNaN: true });
  fc.assert(
    fc.property(small, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
      expect(decimal(value, decimals)).toBe(right(value, { ...digits(decimals), useGrouping: false }));
    }),
  );
  const counted = fc.oneof(small, fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }));
  fc.assert(
    fc.property(counted, (value) => {
      expect(whole(value)).toBe(right(value, { maximumFractionDigits: 0, useGrouping: true }));
    }),
  );
  const single = fc.float({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
  fc.assert(
    fc.property(single, (value) => {
      expect(exact(value)).toBe(right(value, { maximumSignificantDigits: 8, useGrouping: false }));
    }),
  );
  const huge = fc.double({ min: 1e5, max: 1e300, noNaN: true });
  const tiny = fc.double({ min: 1e-30, max: 4.9e-5, noNaN: true });
  fc.assert(
    fc.property(huge, tiny, fc.constantFrom(1, -1), (large, little, sign) => {
      const written = { notation: 'scientific' } as const;
      expect(brief(sign * large)).toBe(right(sign * large, { ...written, ...digits(2) }));
      expect(telling(sign * little)).toBe(right(sign * little, { ...written, ...digits(1) }));
    }),
  );
});
