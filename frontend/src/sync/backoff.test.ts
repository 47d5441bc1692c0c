import fc from 'fast-check';
import { expect, test } from 'vitest';

import { backoff, LONGEST_MS } from './backoff';

test('waits grow from a quarter of a second to eight', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => backoff(attempt, 1));
  expect(longest).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test('the jitter is full: every wait between nothing and the bound is as likely', () => {
  fc.assert(
    fc.property(
      fc.nat(5000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const wait = backoff(attempt, random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(LONGEST_MS);
        expect(wait / backoff(attempt, 1)).toBeCloseTo(random);
      },
    ),
  );
});
