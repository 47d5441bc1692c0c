import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { contrast, luminance } from './colour';
import { difference, EYE_NAMES, seenBy } from './eyes';
import { inkOn } from './palette';
import { colourise, colourOf, diverging, entry, fromEntry, sequential } from './scale';
import { colourToken, paletteOf } from './testing';

const THEMES = ['light', 'dark'] as const;
const KINDS = ['activation', 'weight'] as const;

/** An eighth of one side of a scale, in entries of its table. */
const STEP = 16;

/** How far apart colours are at least: by CIEDE2000, of which about 1 is just noticeable; lightness in L*, for an eighth of a side. */
const LEAST = { eighth: 6, sign: 15, greySign: 7, lightness: 4 };

describe.each(THEMES)('%s theme', (theme) => {
  const colours = paletteOf(theme);

  describe.each(EYE_NAMES)('to an eye with %s', (eye) => {
    test.each(KINDS)('%s: lightness changes steadily from zero to both ends', (kind) => {
      const darker = theme === 'light' ? -1 : 1;
      const light = (i: number) => seenBy(eye, fromEntry(colours[kind], i))[0] * darker;
      for (const side of [-1, 1]) {
        for (let i = 0; i < 127; i += 1)
          expect(light(128 + side * (i + 1))).toBeGreaterThan(light(128 + side * i) - 0.4);
        for (let i = 0; i + STEP <= 127; i += 1)
          expect(light(128 + side * (i + STEP)), `${side * i}`).toBeGreaterThan(
            light(128 + side * i) + LEAST.lightness,
          );
      }
    });

    test.each(KINDS)('%s: an eighth of the scale apart is told apart', (kind) => {
      for (let i = 1; i + 2 * STEP <= 255; i += 1) {
        const [a, b] = [fromEntry(colours[kind], i), fromEntry(colours[kind], i + 2 * STEP)];
        // Around zero, equal amounts on both sides may look alike without colour: there the sign is written.
        if (eye === 'greyscale' && i < 128 && i + 2 * STEP > 128) continue;
        expect(difference(eye, a, b), `${i} and ${i + 2 * STEP}`).toBeGreaterThan(LEAST.eighth);
      }
    });

    test.each(KINDS)('%s: the sign is told apart from a quarter of the reach on', (kind) => {
      // Without any colour only the ends differ by themselves; in between, sign and number tell.
      const isGrey = eye === 'greyscale';
      for (let i = isGrey ? 120 : 32; i <= 127; i += 1) {
        const [down, up] = [fromEntry(colours[kind], 128 - i), fromEntry(colours[kind], 128 + i)];
        expect(difference(eye, down, up), `±${i}`).toBeGreaterThan(isGrey ? LEAST.greySign : LEAST.sign);
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
