import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CODE_ALPHABET } from './protocol/classroom';
import { parsePath, pathOf, type Route } from './router';

const code = fc
  .array(fc.constantFrom(...CODE_ALPHABET), { minLength: 6, maxLength: 6 })
  .map((symbols) => symbols.join(''));
const route: fc.Arbitrary<Exclude<Route, { page: 'notFound' }>> = fc.oneof(
  fc.constant({ page: 'home' } as const),
  fc.constant({ page: 'explore' } as const),
  fc.constant({ page: 'learn' } as const),
  fc.constant({ page: 'replay' } as const),
  fc.record({
    page: fc.constantFrom(...(['seat', 'desk', 'stage', 'phone', 'report', 'classReplay'] as const)),
    code,
  }),
);

test('every page is found at its path', () => {
  fc.assert(
    fc.property(route, (route) => {
      expect(parsePath(pathOf(route))).toEqual(route);
    }),
  );
});

test.each([
  ['/', { page: 'home' }],
  ['', { page: 'home' }],
  ['/explore/', { page: 'explore' }],
  ['/learn', { page: 'learn' }],
  ['/learn/more', { page: 'notFound' }],
  ['/c/abc-234', { page: 'seat', code: 'ABC234' }],
  ['/c/abc%20234/desk/', { page: 'desk', code: 'ABC234' }],
  ['/c/abco1l/stage', { page: 'stage', code: 'ABC011' }],
  ['/c/abc234/phone', { page: 'phone', code: 'ABC234' }],
  ['/c/abc234/report', { page: 'report', code: 'ABC234' }],
  ['/c/abc234/replay/', { page: 'classReplay', code: 'ABC234' }],
  ['/replay', { page: 'replay' }],
  ['/replay/abc234', { page: 'notFound' }],
  ['/c/', { page: 'notFound' }],
  ['/c/ABC23', { page: 'notFound' }],
  ['/c/%E0%A4%A/desk', { page: 'notFound' }],
  ['/c/ABC234/attic', { page: 'notFound' }],
  ['/c/ABC234/desk/more', { page: 'notFound' }],
  ['/explore/more', { page: 'notFound' }],
  ['/nothing', { page: 'notFound' }],
])('%s', (path, route) => {
  expect(parsePath(path)).toEqual(route);
});
