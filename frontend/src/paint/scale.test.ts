import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { contrast, luminance, type Rgb } from './colour';
import { inkOn } from './palette';
import { colourise, colourOf, diverging, entry, fromEntry, sequential } from './scale';
import { colourToken, paletteOf } from './testing';

/** Linear light of a colour. */
function linear(colour: Rgb): number[] {
  return colour.map((c) => (c <= 10 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
}

/** CIELAB (D65) of linear light. */
function lab([r = 0, g = 0, b = 0]: number[]): [number, number, number] {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How others see: linear light in, linear light out (Machado, Oliveira and Fernandes 2009, full severity). */
const EYES = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  greyscale: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
} as const;
type Eye = keyof typeof EYES;

function seenBy(eye: Eye, colour: Rgb): [number, number, number] {
  const light = linear(colour);
  const rows = [0, 3, 6].map((row) =>
    light.reduce((sum, c, i) => sum + c * (EYES[eye][(row + i) as 0] ?? 0), 0),
  );
  return lab(rows.map((c) => Math.min(Math.max(c, 0), 1)));
}

/** Difference of two colours to an eye: distance in CIELAB, where about 2.3 is just noticeable. */
function difference(eye: Eye, a: Rgb, b: Rgb): number {
  const [p, q] = [seenBy(eye, a), seenBy(eye, b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

const THEMES = ['light', 'dark'] as const;
const EYE_NAMES = Object.keys(EYES) as Eye[];
const KINDS = ['activation', 'weight'] as const;

describe.each(THEMES)('%s theme', (theme) => {
  const colours = paletteOf(theme);

  test.each(KINDS)('%s: lightness changes steadily from zero to both ends', (kind) => {
    const darker = theme === 'light' ? -1 : 1;
    const light = (i: number) => lab(linear(fromEntry(colours[kind], i)))[0] * darker;
    for (let i = 128; i < 255; i += 1) expect(light(i + 1)).toBeGreaterThan(light(i) - 0.4);
    for (let i = 128; i > 1; i -= 1) expect(light(i - 1)).toBeGreaterThan(light(i) - 0.4);
    for (let i = 128; i + 16 <= 255; i += 16) {
      expect(light(i + 16)).toBeGreaterThan(light(i) + 2);
      expect(light(256 - i - 16)).toBeGreaterThan(light(256 - i) + 2);
    }
  });

  describe.each(EYE_NAMES)('to an eye with %s', (eye) => {
    test.each(KINDS)('%s: an eighth of the scale apart is told apart (at least 4)', (kind) => {
      for (let i = 1; i + 32 <= 255; i += 8) {
        const [a, b] = [fromEntry(colours[kind], i), fromEntry(colours[kind], i + 32)];
        // Around zero, equal amounts on both sides may look alike without colour: there the sign is written.
        if (eye === 'greyscale' && i < 128 && i + 32 > 128) continue;
        expect(difference(eye, a, b), `${i} and ${i + 32}`).toBeGreaterThan(4);
      }
    });

    test.each(KINDS)('%s: the sign is told apart from a quarter of the reach on', (kind) => {
      // Without any colour only the ends differ by themselves; in between, sign and number tell.
      const least = eye === 'greyscale' ? 8 : 14;
      const from = eye === 'greyscale' ? 120 : 32;
      for (let i = from; i <= 127; i += 1) {
        const [down, up] = [fromEntry(colours[kind], 128 - i), fromEntry(colours[kind], 128 + i)];
        expect(difference(eye, down, up), `±${i}`).toBeGreaterThan(least);
      }
    });
  });

  test.each(['term-value', 'term-weight', 'term-bias'])('%s: a letter of a formula is legible', (name) => {
    for (const ground of ['surface', 'paper', 'surface-sunken', 'accent-soft'])
      expect(contrast(colourToken(name, theme), colourToken(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test('text on every colour of every scale has a contrast of at least 4.5', () => {
    for (const name of ['activation', 'weight', 'logit', 'grey'] as const)
      for (let i = 0; i < 256; i += 1) {
        const background = fromEntry(colours[name], i);
        const [r, g, b] = (/\d+, \d+, \d+/.exec(inkOn(colours, background))?.[0] ?? '')
          .split(', ')
          .map(Number);
        expect(contrast(background, [r ?? 0, g ?? 0, b ?? 0])).toBeGreaterThanOrEqual(4.5);
      }
  });
});

describe('values to entries', () => {
  const { activation, grey } = paletteOf('light');
  test.each([
    [0, 128],
    [2, 255],
    [-2, 1],
    [99, 255],
    [-99, 0],
    [Number.NaN, 128],
  ])('%d of ±2 is entry %d', (value, expected) => {
    expect(entry(diverging(activation, 2), value)).toBe(expected);
  });

  test('nothing but zeros is the middle, whatever the reach', () => {
    expect(entry(diverging(activation, 0), 0)).toBe(128);
    expect(entry(sequential(grey, 1, 1), 1)).toBe(0);
  });

  test('a larger value never has an earlier entry', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true }),
        fc.float({ noNaN: true }),
        fc.float({ min: Math.fround(0.01), max: 1000, noNaN: true }),
        (a, b, reach) => {
          const scale = diverging(activation, reach);
          expect(
            Math.sign(entry(scale, Math.max(a, b)) - entry(scale, Math.min(a, b))),
          ).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('pixels have the colours of their values', () => {
    const scale = sequential(grey, 0, 1);
    const pixels = new Uint32Array(2);
    colourise(scale, Float32Array.of(0, 1), pixels);
    expect([...new Uint8Array(pixels.buffer)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    expect(luminance(colourOf(scale, 0.5))).toBeCloseTo(0.184, 1);
  });
});
