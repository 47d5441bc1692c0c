import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ClassClock } from './clock';

/** Pings every five seconds over a network with these delays, to a server whose clock runs `ppm` faster. */
function ping(
  clock: ClassClock,
  truth: (own: number) => number,
  delays: { up: number; down: number }[],
): number {
  let own = 1000;
  for (const { up, down } of delays) {
    clock.learn(own, Math.floor(truth(own + up)), own + up + down);
    own += 5000;
  }
  return own;
}

const delay = fc.record({
  up: fc.double({ min: 0, max: 3000, noNaN: true }),
  down: fc.double({ min: 0, max: 3000, noNaN: true }),
});

test('the estimate is wrong by at most half of the best recent round trip, and drift', () => {
  fc.assert(
    fc.property(
      fc.array(delay, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 1e9 }),
      fc.double({ min: -100, max: 100, noNaN: true }),
      (delays, offset, ppm) => {
        const clock = new ClassClock();
        const truth = (own: number) => offset + own * (1 + ppm * 1e-6);
        const own = ping(clock, truth, delays);
        const best = Math.min(...delays.slice(-12).map(({ up, down }) => up + down));
        const drift = 12 * 5000 * 2e-4 * 2 + 6;
        expect(Math.abs(clock.at(own) - truth(own))).toBeLessThanOrEqual(best / 2 + drift);
      },
    ),
  );
});

test('one good sample among many bad ones is the one that counts', () => {
  const clock = new ClassClock();
  const bad = { up: 900, down: 100 };
  const own = ping(clock, (t) => t + 5000, [bad, bad, { up: 2, down: 2 }, bad, bad, bad]);
  expect(Math.abs(clock.at(own) - (own + 5000))).toBeLessThan(3);
});

test('it never runs backwards, whatever is learnt', () => {
  const event = fc.record({
    wait: fc.nat(3000),
    roundTrip: fc.nat(600),
    error: fc.integer({ min: -250, max: 250 }),
  });
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const clock = new ClassClock();
      let own = 0;
      let last = 0;
      for (const { wait, roundTrip, error } of events) {
        own += wait + roundTrip;
        clock.learn(own - roundTrip, Math.max(0, own + 10_000 + error), own);
        const shown = clock.at(own);
        expect(shown).toBeGreaterThanOrEqual(last);
        last = shown;
      }
    }),
  );
});

test('after sleep one new sample replaces all that was learnt', () => {
  const clock = new ClassClock();
  clock.learn(0, 1000, 2);
  // The own clock stood still for an hour.
  clock.doubt();
  expect(clock.at(10)).toBeCloseTo(1009.5);
  clock.learn(20, 3_601_020, 120);
  expect(clock.at(120)).toBeCloseTo(3_601_070.5);
});

test('a correction of more than a second is shown although it goes back', () => {
  const clock = new ClassClock();
  clock.learn(0, 60_000, 0);
  expect(clock.at(0)).toBeCloseTo(60_000.5);
  clock.doubt();
  clock.learn(10, 5000, 10);
  expect(clock.at(10)).toBeCloseTo(5000.5);
});
