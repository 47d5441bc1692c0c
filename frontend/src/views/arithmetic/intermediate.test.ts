import fc from 'fast-check';
import { expect, test } from 'vitest';

import { partial } from './convolution';
import { intermediateOf, partAt } from './intermediate';
import { cellOfStep, type Sliding } from './window';

const anySliding = () =>
  fc.record<Sliding>({
    kernel: fc.constantFrom<[number, number]>([1, 1], [3, 3], [2, 3], [5, 5]),
    stride: fc.constantFrom<[number, number]>([1, 1], [2, 1], [3, 2]),
    padding: fc.constantFrom<[number, number, number, number]>([0, 0, 0, 0], [1, 2, 0, 3], [2, 2, 2, 2]),
    dilation: fc.constantFrom<[number, number]>([1, 1], [2, 1]),
  });

test('every cell of an intermediate map is the sum of its products, and the padding adds nothing', () => {
  fc.assert(
    fc.property(
      anySliding(),
      fc.integer({ min: 5, max: 12 }),
      fc.infiniteStream(fc.integer({ min: -9, max: 9 })),
      (sliding, side, numbers) => {
        const next = () => Number(numbers.next().value);
        const [rows, columns] = sliding.kernel;
        const input = { rows: side, columns: side + 1 };
        const values = Float32Array.from({ length: input.rows * input.columns }, next);
        const kernel = Float32Array.from({ length: rows * columns }, next);
        const output = { rows: 4, columns: 3 };
        const map = intermediateOf(sliding, { input, output }, { values, kernel });
        expect(map).toHaveLength(12);
        map.forEach((value, step) => {
          const at = cellOfStep(step, output);
          // Whole numbers of this size are exact.
          expect(value).toBe(partial(sliding, at, input, { values, kernel }).sum);
          expect(partAt(sliding, at, input, { values, kernel })).toBe(value);
        });
      },
    ),
  );
});
