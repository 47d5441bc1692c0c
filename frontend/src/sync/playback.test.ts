import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { RATES, type Playback } from '../protocol/classroom';
import { isMoving, nextStepIn, stepAt } from './playback';

describe('stepAt', () => {
  const playing = (from: number, since: number, rate: number): Playback => ({
    kind: 'playing',
    from,
    since,
    rate,
  });
  test.each<[Playback, number, number, number]>([
    [{ kind: 'paused', step: 5 }, 99, 10, 5],
    [{ kind: 'paused', step: 12 }, 0, 10, 9],
    [{ kind: 'paused', step: 0 }, 0, 0, 0],
    [playing(0, 1000, 4), 1000, 100, 0],
    [playing(0, 1000, 4), 1249.9, 100, 0],
    [playing(0, 1000, 4), 1250, 100, 1],
    [playing(3, 1000, 64), 2000, 100, 67],
    [playing(3, 1000, 64), 9000, 100, 99],
    [playing(3, 1000, 64), 500, 100, 3],
    [playing(98, 0, 1), 4_000_000_000, 100, 99],
  ])('%o at %d of %d steps is %d', (playback, now, steps, expected) => {
    expect(stepAt(playback, now, steps)).toBe(expected);
  });
});

test('waiting as long as it says reaches the next step, and no earlier moment does', () => {
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.nat(100_000),
      fc.constantFrom(...RATES),
      fc.nat(60_000),
      fc.integer({ min: 1, max: 4000 }),
      (from, since, rate, after, steps) => {
        const playback: Playback = { kind: 'playing', from, since, rate };
        const now = since + after;
        const wait = nextStepIn(playback, now, steps);
        const step = stepAt(playback, now, steps);
        if (wait === null) {
          expect(step).toBe(Math.max(steps - 1, 0));
          expect(isMoving(playback, now, steps)).toBe(false);
        } else {
          expect(stepAt(playback, now + wait, steps)).toBe(step + 1);
          if (wait >= 1) expect(stepAt(playback, now + wait - 1, steps)).toBe(step);
        }
      },
    ),
  );
});
