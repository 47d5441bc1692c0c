/** Which rows and columns of a map a table shows: all of a small one, else those around the window. Not the table. */
import type { CellRect } from '../paint/matrix';
import type { Extent } from './arithmetic/window';

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

function range(middle: number, size: number): number[] {
  const count = Math.min(size, MOST);
  const first = Math.min(Math.max(Math.round(middle - count / 2), 0), size - count);
  return Array.from({ length: count }, (_, i) => first + i);
}
