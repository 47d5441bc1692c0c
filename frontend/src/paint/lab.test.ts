import { interpolateLab } from 'd3-interpolate';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { css, parseColour, ramp, type Rgb } from './colour';
import { labOf, rgbOf } from './lab';

const channel = fc.integer({ min: 0, max: 255 });
const colour = fc.tuple(channel, channel, channel) as fc.Arbitrary<Rgb>;

test('a colour comes back as it was', () => {
  fc.assert(
    fc.property(colour, (each) => {
      expect(rgbOf(labOf(each))).toEqual(each);
    }),
  );
});

test('white, grey and the primaries are where the literature has them', () => {
  for (const [rgb, [l, a, b]] of [
    [
      [255, 255, 255],
      [100, 0, 0],
    ],
    [
      [119, 119, 119],
      [50.03, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 255, 0],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
  ] as const) {
    const found = labOf(rgb);
    expect(found[0]).toBeCloseTo(l, 1);
    expect(found[1]).toBeCloseTo(a, 1);
    expect(found[2]).toBeCloseTo(b, 1);
  }
});

// d3 mixes with the white point D50.
test('a way between two colours is the one of a library, to within what nobody sees', () => {
  fc.assert(
    fc.property(colour, colour, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, t) => {
      const theirs = parseColour(interpolateLab(css(from), css(to))(t));
      const own = ramp([from, to])(t);
      for (const i of [0, 1, 2] as const) expect(Math.abs(own[i] - theirs[i])).toBeLessThanOrEqual(8);
    }),
  );
});

test('a ramp goes through its stops, one after the other', () => {
  const stops: Rgb[] = [
    [0, 0, 0],
    [200, 30, 30],
    [255, 255, 255],
  ];
  const path = ramp(stops);
  expect([0, 0.5, 1].map(path)).toEqual(stops);
});
