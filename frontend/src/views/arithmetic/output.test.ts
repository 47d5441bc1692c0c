import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { network, tinyVgg } from '../../scene/sample';
import { loudest } from '../../paint/strip';
import { denseSum, tell } from './dense';
import { ranked, softmax } from './softmax';
import { elementAfter, elementAt, placeOf, readerOf, stripOf } from './strip';

const numbers = (length: number, most = 100) =>
  fc
    .array(fc.float({ min: -most, max: most, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));

describe('dense', () => {
  test('the channels add up to the sum, and the sum is that of the definition', () => {
    const cases = fc
      .record({
        units: fc.integer({ min: 1, max: 4 }),
        channels: fc.integer({ min: 1, max: 6 }),
        size: fc.integer({ min: 1, max: 9 }),
      })
      .chain(({ units, channels, size }) =>
        fc.record({
          size: fc.constant(size),
          unit: fc.nat(units - 1),
          inputs: numbers(channels * size),
          weights: numbers(units * channels * size, 2),
        }),
      );
    fc.assert(
      fc.property(cases, ({ size, unit, inputs, weights }) => {
        const made = denseSum(
          inputs,
          weights.subarray(unit * inputs.length, (unit + 1) * inputs.length),
          size,
        );
        let sum = 0;
        for (const [i, x] of inputs.entries()) sum += x * (weights[unit * inputs.length + i] ?? NaN);
        expect(made.sum).toBeCloseTo(sum, 6);
        expect(made.channels.reduce((total, each) => total + each.sum, 0)).toBeCloseTo(sum, 6);
        expect(made.channels).toHaveLength(inputs.length / size);
        const products = [...made.products];
        expect(products[made.most]).toBeCloseTo(Math.max(...products), 9);
        expect(products[made.least]).toBeCloseTo(Math.min(...products), 9);
        expect(Math.abs(products[made.strongest] ?? NaN)).toBe(Math.max(...products.map(Math.abs)));
        for (const { channel, strongest } of made.channels)
          expect(Math.floor(strongest / size)).toBe(channel);
      }),
    );
  });

  test('what is told and the rest are all of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -9, max: 9, noNaN: true })),
        fc.integer({ min: 1, max: 20 }),
        (sums, keep) => {
          const { told, others, rest } = tell(
            sums.map((sum, at) => ({ sum, at })),
            keep,
          );
          expect(told.length + others).toBe(sums.length);
          expect(told.length).toBeLessThanOrEqual(keep);
          expect(told.reduce((total, { sum }) => total + sum, rest)).toBeCloseTo(
            sums.reduce((a, b) => a + b, 0),
            6,
          );
          expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe('softmax', () => {
  const logits = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 50 });

  test('probabilities add up to one and keep the order of the logits, up to ±1000', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const { shares, most, shiftedSum } = softmax(Float32Array.from(values));
        expect(shares.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        expect(shiftedSum).toBeGreaterThanOrEqual(1);
        for (const a of shares) {
          expect(a.logit).toBeLessThanOrEqual(most);
          expect(a.shiftedPower).toBeLessThanOrEqual(1);
          for (const b of shares)
            if (a.logit > b.logit) expect(a.probability).toBeGreaterThanOrEqual(b.probability);
        }
      }),
    );
  });

  test('the subtraction changes nothing where exp(z) is a number', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -80, max: 80, noNaN: true }), { minLength: 1 }), (values) => {
        const { shares, sum } = softmax(Float32Array.from(values));
        for (const { power, probability } of shares) expect(probability).toBeCloseTo(power / sum, 9);
      }),
    );
  });

  test('the same shares by hand', () => {
    const { shares, sum } = softmax(Float32Array.of(0, Math.log(2), Math.log(5)));
    expect(sum).toBeCloseTo(8, 5);
    expect(shares.map(({ probability }) => probability.toFixed(4))).toEqual(['0.1250', '0.2500', '0.6250']);
  });

  test('of many classes the likeliest are told with the open one, and nothing is lost', () => {
    fc.assert(
      fc.property(logits, fc.integer({ min: 1, max: 12 }), fc.nat(), (values, keep, any) => {
        const result = softmax(Float32Array.from(values));
        const own = any % values.length;
        const { told, others, probability, shiftedPower } = ranked(result, { keep, own });
        expect(told).toHaveLength(Math.min(keep, values.length));
        expect(told.some(({ unit }) => unit === own)).toBe(true);
        expect(new Set(told).size + others).toBe(values.length);
        expect(told.reduce((sum, share) => sum + share.probability, probability)).toBeCloseTo(1, 9);
        expect(told.reduce((sum, share) => sum + share.shiftedPower, shiftedPower)).toBeCloseTo(
          result.shiftedSum,
          6,
        );
      }),
    );
  });
});

describe('strip', () => {
  const vgg = tinyVgg();
  const flat = vgg.layers.find(({ op }) => op.type === 'flatten');
  if (!flat) throw new Error('the sample has a flatten layer');
  const strip = stripOf(vgg, flat);

  test('every element is one cell of one channel, and every cell one element', () => {
    expect([strip.channels, strip.extent.rows, strip.extent.columns, strip.length]).toEqual([
      10, 13, 13, 1690,
    ]);
    for (let element = 0; element < strip.length; element += 1)
      expect(elementAt(strip, placeOf(strip, element))).toBe(element);
    expect(placeOf(strip, 169 * 3 + 13 * 2 + 5)).toEqual({ channel: 3, row: 2, column: 5 });
    expect(elementAt(strip, { channel: 99, row: -4, column: 40 })).toBe(169 * 9 + 12);
  });

  test.each([
    ['ArrowRight', 0, 1],
    ['ArrowDown', 0, 13],
    ['PageDown', 5, 174],
    ['ArrowLeft', 0, 0],
    ['End', 7, 1689],
    ['Home', 7, 0],
    ['x', 7, null],
  ])('%s leads from %i to %s', (key, from, to) => {
    expect(elementAfter(key, from, strip)).toBe(to);
  });

  test('the layer that reads it is found, and single values are their own channels', () => {
    expect(readerOf(vgg, flat)?.op.type).toBe('dense');
    const deep = network([
      { make: 'conv', units: 4 },
      { make: 'globalPool' },
      { make: 'flatten' },
      { make: 'dense', units: 6 },
      { make: 'relu' },
      { make: 'dense', units: 2 },
    ]);
    const [, , , flatten, dense, relu] = deep.layers;
    if (!flatten || !dense || !relu) throw new Error('the sample has six layers');
    expect(stripOf(deep, flatten)).toMatchObject({ maps: null, channels: 4, size: 1 });
    expect(stripOf(deep, relu)).toMatchObject({ maps: null, channels: 6, size: 1 });
    expect(readerOf(deep, dense)).toBe(null);
  });

  test('the loudest of the elements on a pixel is painted, and each of few elements is', () => {
    expect([...loudest(Float32Array.of(1, -3, 2, 0, 5, -1), 3)]).toEqual([-3, 2, 5]);
    expect([...loudest(Float32Array.of(1, -2), 4)]).toEqual([1, 1, -2, -2]);
  });
});
