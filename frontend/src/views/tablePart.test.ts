import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MOST, partAround } from './tablePart';

test('a small map is shown whole', () => {
  const part = partAround({ row: 3, column: 3, rows: 3, columns: 3 }, { rows: 5, columns: 4 });
  expect(part).toEqual({ rows: [0, 1, 2, 3, 4], columns: [0, 1, 2, 3] });
});

test('of a large map the part around the window, all of it on the map', () => {
  const side = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 7 }), fc.nat(100), (rows, columns, kernel, place) => {
      const window = { row: place % rows, column: place % columns, rows: kernel, columns: kernel };
      const part = partAround(window, { rows, columns });
      expect(part.rows.length).toBe(Math.min(rows, MOST));
      expect(part.columns.length).toBe(Math.min(columns, MOST));
      expect(part.rows).toContain(window.row);
      expect(part.columns).toContain(window.column);
      expect(part.rows.at(-1)).toBeLessThan(rows);
    }),
  );
});
