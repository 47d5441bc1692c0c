import fc from 'fast-check';
import { expect, test } from 'vitest';

import { EDITED_MOST, EDITED_WEIGHTS, type KernelEdit } from '../../protocol/classroom';
import {
  biasWith,
  blank,
  changedInput,
  fits,
  inputs,
  kernelWith,
  thousandths,
  withBias,
  withoutKernel,
  withPreset,
  withWeight,
  type Learned,
} from './editing';
import { PRESETS } from './presets';

const side = fc.integer({ min: 1, max: 5 });
const weight = fc.float({ min: -3, max: 3, noNaN: true });

/** Units of any group, with any kernels. */
const learned = fc
  .record({
    rows: side,
    columns: side,
    count: fc.integer({ min: 1, max: 6 }),
    first: fc.integer({ min: 0, max: 9 }),
  })
  .chain(({ rows, columns, count, first }) =>
    fc.record({
      layer: fc.constant('conv'),
      unit: fc.integer({ min: 0, max: 9 }),
      size: fc.constant({ rows, columns }),
      first: fc.constant(first),
      kernels: fc.array(
        fc.float32Array({
          minLength: rows * columns,
          maxLength: rows * columns,
          min: -3,
          max: 3,
          noNaN: true,
        }),
        {
          minLength: count,
          maxLength: count,
        },
      ),
      bias: fc.option(weight, { nil: null }),
    }),
  );

type Change = (learned: Learned, edit: KernelEdit) => KernelEdit;
const changes = fc.array(
  fc.oneof(
    fc.record({ at: fc.nat(), cell: fc.nat(), value: fc.double({ noNaN: true }) }).map(
      ({ at, cell, value }): Change =>
        (unit, edit) =>
          withWeight(unit, edit, {
            input: unit.first + (at % unit.kernels.length),
            cell: cell % (unit.size.rows * unit.size.columns),
            value,
          }),
    ),
    fc.record({ preset: fc.constantFrom(...PRESETS), at: fc.option(fc.nat(), { nil: null }) }).map(
      ({ preset, at }): Change =>
        (unit, edit) =>
          withPreset(
            unit,
            edit,
            preset,
            at === null ? { kind: 'all' } : { kind: 'one', input: unit.first + (at % unit.kernels.length) },
          ),
    ),
    fc.nat().map(
      (at): Change =>
        (unit, edit) =>
          withoutKernel(edit, unit.first + (at % unit.kernels.length)),
    ),
  ),
  { maxLength: 12 },
);

test('whatever is changed, the server takes it', () => {
  fc.assert(
    fc.property(learned, changes, (unit, steps) => {
      const edit = steps.reduce((before, step) => step(unit, before), blank(unit));
      const read = edit.kernels.map(({ input }) => input);
      expect(read).toEqual([...new Set(read)].sort((a, b) => a - b));
      for (const input of read) expect(inputs(unit)).toContain(input);
      for (const { weights } of edit.kernels) {
        expect(weights).toHaveLength(unit.size.rows * unit.size.columns);
        for (const each of weights) {
          expect(Number.isInteger(each)).toBe(true);
          expect(Object.is(each, -0)).toBe(false);
          expect(Math.abs(each)).toBeLessThanOrEqual(EDITED_MOST);
        }
      }
    }),
  );
});

test('a change of one cell changes nothing else by more than half a thousandth', () => {
  fc.assert(
    fc.property(learned, fc.nat(), fc.nat(), weight, (unit, at, which, value) => {
      const input = unit.first + (at % unit.kernels.length);
      const cell = which % (unit.size.rows * unit.size.columns);
      const edit = withWeight(unit, blank(unit), { input, cell, value });
      for (const other of inputs(unit)) {
        const before = kernelWith(unit, blank(unit), other);
        kernelWith(unit, edit, other).forEach((found, i) => {
          const expected = other === input && i === cell ? value : (before[i] ?? NaN);
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(other === input ? 0.000501 : 0);
        });
      }
      expect(biasWith(unit, edit)).toBe(unit.bias);
      expect(changedInput(blank(unit), edit)).toBe(input);
      expect(withoutKernel(edit, input)).toEqual(blank(unit));
    }),
  );
});

test('a preset in all kernels keeps its sum and takes the bias away', () => {
  fc.assert(
    fc.property(learned, (unit) => {
      const edit = withPreset(unit, blank(unit), 'blur', { kind: 'all' });
      const sums = edit.kernels.map(({ weights }) => weights.reduce((sum, each) => sum + each, 0));
      for (const sum of sums) expect(sum).toBe(thousandths(1 / unit.kernels.length));
      expect(edit.bias).toBe(unit.bias === null ? null : 0);
    }),
  );
});

test('a bias goes and comes back', () => {
  const edit = blank({ layer: 'conv', unit: 1 });
  expect(withBias(edit, 0.12345).bias).toBe(123);
  expect(withBias(withBias(edit, 1), null)).toEqual(edit);
});

test('numbers become the nearest thousandth that is allowed', () => {
  const cases: [number, number][] = [
    [0.0005, 1],
    [-0.0005, -1],
    [-0.0004, 0],
    [1e9, EDITED_MOST],
    [-Infinity, -EDITED_MOST],
  ];
  for (const [value, expected] of cases) expect(thousandths(value)).toBe(expected);
});

test('more weights than a message holds do not fit', () => {
  const kernel = (input: number, count: number) => ({
    input,
    weights: Array.from({ length: count }, () => 0),
  });
  const edit = { ...blank({ layer: 'conv', unit: 0 }), kernels: [kernel(0, EDITED_WEIGHTS)] };
  expect(fits(edit)).toBe(true);
  expect(fits({ ...edit, kernels: [...edit.kernels, kernel(1, 1)] })).toBe(false);
});
