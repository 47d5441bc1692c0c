/** One step of a pooling operation. Cells of the padding never win a maximum; in a mean they count only where the operation says so. */
import { isOn, valueAt, windowAt, type Cell, type Extent, type Sliding } from './window';

/** One cell of the window. */
export interface Pooled extends Cell {
  /** Its value; `null` in the padding. */
  value: number | null;
}

/** The largest value of a window. */
export interface Maximum {
  cells: Pooled[];
  /** Index of the winner among the cells: the first of equals. */
  winner: number;
  value: number;
}

/** The mean of a window. */
export interface Mean {
  cells: Pooled[];
  sum: number;
  /** What the sum is divided by. */
  count: number;
  value: number;
}

/** The cells that output cell `at` reads. */
export function pooledCells(sliding: Sliding, at: Cell, input: Extent, values: Float32Array): Pooled[] {
  return windowAt(sliding, at).map((cell) => ({ ...cell, value: valueAt(values, cell, input) }));
}

/** Max pooling at output cell `at`. */
export function maximum(sliding: Sliding, at: Cell, input: Extent, values: Float32Array): Maximum {
  const cells = pooledCells(sliding, at, input, values);
  let winner = -1;
  cells.forEach(({ value }, i) => {
    if (value !== null && (winner < 0 || value > (cells[winner]?.value ?? 0))) winner = i;
  });
  return { cells, winner, value: cells[winner]?.value ?? 0 };
}

/** Average pooling at output cell `at`. */
export function mean(
  sliding: Sliding,
  at: Cell,
  input: Extent,
  { values, countPadding }: { values: Float32Array; countPadding: boolean },
): Mean {
  const cells = pooledCells(sliding, at, input, values);
  const sum = cells.reduce((total, { value }) => total + (value ?? 0), 0);
  const count = countPadding
    ? cells.filter((cell) => isOn(unpadded(cell, sliding), padded(input, sliding))).length
    : cells.filter(({ value }) => value !== null).length;
  return { cells, sum, count, value: count > 0 ? sum / count : 0 };
}

/** A window may hang over even the padding: such cells never count. */
function unpadded(cell: Cell, { padding }: Sliding): Cell {
  return { row: cell.row + padding[0], column: cell.column + padding[1] };
}

function padded(input: Extent, { padding }: Sliding): Extent {
  return {
    rows: input.rows + padding[0] + padding[2],
    columns: input.columns + padding[1] + padding[3],
  };
}
