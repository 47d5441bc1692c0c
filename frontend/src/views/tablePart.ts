/** Which rows and columns of a map a table shows: all of a small one, else those around the window. Not the table. */
import type { CellRect } from '../paint/matrix';
import type { Cell, Extent } from './arithmetic/window';

/** Most rows and columns of a table: two tables of it stay well below the elements that a view may have. */
export const MOST = 16;

/** Rows and columns by their index from 0, in order. */
export interface Part {
  rows: number[];
  columns: number[];
}

/** The part of a map around a window. */
export function partAround(window: CellRect, { rows, columns }: Extent): Part {
  return {
    rows: range(window.row + window.rows / 2, rows),
    columns: range(window.column + window.columns / 2, columns),
  };
}

/** The part of a map that begins at a cell. */
export function partFrom({ row, column }: Cell, { rows, columns }: Extent): Part {
  return {
    rows: count(row, Math.min(row + MOST, rows)),
    columns: count(column, Math.min(column + MOST, columns)),
  };
}

/** The parts that so many rows or columns have: first and last of each, from 0. */
export function partsOf(size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(size / MOST) }, (_, i) => ({
    from: i * MOST,
    to: Math.min((i + 1) * MOST, size) - 1,
  }));
}

function range(middle: number, size: number): number[] {
  const length = Math.min(size, MOST);
  const first = Math.min(Math.max(Math.round(middle - length / 2), 0), size - length);
  return count(first, first + length);
}

/** Whole numbers from one to before the other. */
function count(from: number, end: number): number[] {
  return Array.from({ length: Math.max(end - from, 0) }, (_, i) => from + i);
}
