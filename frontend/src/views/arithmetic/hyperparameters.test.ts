import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Layer, Op } from '../../protocol/network';
import { tinyVgg } from '../../scene/sample';
import {
  cellNear,
  FIRST,
  LIMITS,
  outputSide,
  paddedSide,
  rangeOf,
  readsOf,
  SIZES,
  sizesOf,
  slidingWith,
  unreadOf,
  withSize,
  type Hyperparameters,
} from './hyperparameters';
import { windowAt } from './window';

const within = (name: (typeof SIZES)[number]) => {
  const [min, max] = LIMITS[name];
  return fc.integer({ min, max });
};
const anySizes: fc.Arbitrary<Hyperparameters> = fc.record({
  input: within('input'),
  padding: within('padding'),
  kernel: within('kernel'),
  stride: within('stride'),
  dilation: within('dilation'),
});
const fitting = anySizes.filter((sizes) => outputSide(sizes) !== null);

test('the side of the output is the number of positions at which the kernel lies on the padded input', () => {
  fc.assert(
    fc.property(anySizes, (sizes) => {
      let positions = 0;
      const last = (at: number) => at * sizes.stride + sizes.dilation * (sizes.kernel - 1);
      while (last(positions) < paddedSide(sizes)) positions += 1;
      expect(outputSide(sizes) ?? 0).toBe(positions);
    }),
  );
});

test.each<[Partial<Hyperparameters>, number | null]>([
  [{ input: 5, padding: 0, kernel: 2, stride: 1 }, 4],
  [{ input: 7, padding: 0, kernel: 3, stride: 3 }, 2],
  [{ input: 5, padding: 0, kernel: 3, dilation: 2 }, 1],
  [{ input: 4, padding: 0, kernel: 3, dilation: 2 }, null],
  [{ input: 17 }, null],
  [{ stride: 0 }, null],
  [{ kernel: 2.5 }, null],
])('%o gives an output of %s', (sizes, side) => {
  expect(outputSide({ ...FIRST, ...sizes })).toBe(side);
});

test('the range of a size is every value that leaves an output, and a change stays in it', () => {
  fc.assert(
    fc.property(
      fitting,
      fc.constantFrom(...SIZES),
      fc.integer({ min: -5, max: 40 }),
      (sizes, name, value) => {
        const [least, most] = rangeOf(sizes, name);
        for (let each = LIMITS[name][0]; each <= LIMITS[name][1]; each += 1) {
          const fits = outputSide({ ...sizes, [name]: each }) !== null;
          expect(fits).toBe(each >= least && each <= most);
        }
        const changed = withSize(sizes, name, value);
        expect(outputSide(changed)).not.toBeNull();
        if (value >= least && value <= most) expect(changed[name]).toBe(value);
        expect(withSize(sizes, name, NaN)).toEqual(sizes);
      },
    ),
  );
});

test('rows are read as often as windows hold them; those that never are lie at the end or between', () => {
  fc.assert(
    fc.property(fitting, (sizes) => {
      const side = outputSide(sizes) ?? 0;
      const counted = Array.from({ length: paddedSide(sizes) }, () => 0);
      for (let row = 0; row < side; row += 1) {
        const cells = windowAt(slidingWith(sizes), { row, column: 0 });
        for (const cell of new Set(cells.map((each) => each.row + sizes.padding)))
          counted[cell] = (counted[cell] ?? 0) + 1;
      }
      expect(readsOf(sizes)).toEqual(counted);
      const { rest, gaps } = unreadOf(sizes);
      const never = counted.flatMap((reads, row) => (reads === 0 ? [row] : []));
      expect([...gaps, ...rest]).toEqual(never);
      const way = paddedSide(sizes) - sizes.dilation * (sizes.kernel - 1) - 1;
      expect(rest).toHaveLength(way % sizes.stride);
    }),
  );
});

test('pointing at the middle of a window finds its step', () => {
  fc.assert(
    fc.property(fitting, fc.nat(), (sizes, nth) => {
      const at = nth % (outputSide(sizes) ?? 1);
      const middle = at * sizes.stride + Math.floor((sizes.dilation * (sizes.kernel - 1)) / 2);
      const found = cellNear(sizes, { row: middle, column: middle });
      expect(Math.abs(found.row - at)).toBeLessThanOrEqual(sizes.stride === 1 ? 1 : 0);
    }),
  );
});

test('a layer gives its own sizes where they are square and fit', () => {
  const [input, conv] = tinyVgg().layers;
  if (!input || !conv) throw new Error('the sample has layers');
  expect(sizesOf(conv, input)).toEqual({ input: 10, padding: 0, kernel: 3, stride: 1, dilation: 1 });
  const as = (change: Partial<Extract<Op, { type: 'conv' }>>): Layer => ({
    ...conv,
    op: { ...(conv.op as Extract<Op, { type: 'conv' }>), ...change },
  });
  expect(sizesOf(as({ kernel: [11, 11], stride: [4, 4] }), input)).toEqual({
    input: 15,
    padding: 0,
    kernel: 11,
    stride: 4,
    dilation: 1,
  });
  expect(sizesOf(as({ kernel: [3, 1] }), input)).toBeNull();
  expect(sizesOf(as({ padding: [1, 1, 0, 0] }), input)).toBeNull();
  expect(sizesOf(as({ kernel: [11, 11], dilation: [4, 4] }), input)).toBeNull();
  expect(sizesOf({ ...conv, op: { type: 'relu' } }, input)).toBeNull();
});
