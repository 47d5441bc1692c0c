/** The window of an operation: which input cells an output cell reads. Exact integers; no values. */
import type { Op } from '../../protocol/network';

/** Rows and columns of a map. */
export interface Extent {
  rows: number;
  columns: number;
}

/** A cell of a map. May lie outside of it, in the padding. */
export interface Cell {
  row: number;
  column: number;
}

/** How a window moves. Sizes are `[rows, columns]`; padding `[top, left, bottom, right]`. */
export interface Sliding {
  kernel: readonly [number, number];
  stride: readonly [number, number];
  padding: readonly [number, number, number, number];
  dilation: readonly [number, number];
}

/** How the window of an operation moves over the map it reads, or `null` where it reads a flat layer. */
export function slidingOf(op: Op, input: Extent): Sliding | null {
  switch (op.type) {
    case 'conv':
    case 'maxPool':
      return op;
    case 'averagePool':
      return { ...op, dilation: [1, 1] };
    case 'globalAveragePool':
      return {
        kernel: [input.rows, input.columns],
        stride: [1, 1],
        padding: [0, 0, 0, 0],
        dilation: [1, 1],
      };
    case 'relu':
    case 'leakyRelu':
    case 'sigmoid':
    case 'clip':
    case 'batchNormalization':
    case 'dropout':
      return { kernel: [1, 1], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1] };
    default:
      return null;
  }
}

/** The output cell of a step: steps go row by row. */
export function cellOfStep(step: number, output: Extent): Cell {
  return { row: Math.floor(step / output.columns), column: step % output.columns };
}

/** The step of an output cell, the nearest one for a cell outside. */
export function stepOfCell(cell: Cell, output: Extent): number {
  const row = Math.min(Math.max(cell.row, 0), output.rows - 1);
  const column = Math.min(Math.max(cell.column, 0), output.columns - 1);
  return row * output.columns + column;
}

/** The input cells that an output cell reads, row by row of the kernel. Some may lie in the padding. */
export function windowAt(sliding: Sliding, at: Cell): Cell[] {
  const [rows, columns] = sliding.kernel;
  return Array.from({ length: rows * columns }, (_, i) => ({
    row: at.row * sliding.stride[0] - sliding.padding[0] + Math.floor(i / columns) * sliding.dilation[0],
    column: at.column * sliding.stride[1] - sliding.padding[1] + (i % columns) * sliding.dilation[1],
  }));
}

/** The rectangle around the cells that an output cell reads; may reach into the padding. */
export function frameAt({ kernel, stride, padding, dilation }: Sliding, at: Cell): Cell & Extent {
  return {
    row: at.row * stride[0] - padding[0],
    column: at.column * stride[1] - padding[1],
    rows: (kernel[0] - 1) * dilation[0] + 1,
    columns: (kernel[1] - 1) * dilation[1] + 1,
  };
}

/** The output cell whose window has `cell` nearest to its middle. May lie outside of the output; see `stepOfCell`. */
export function cellReading(sliding: Sliding, cell: Cell): Cell {
  const along = (axis: 0 | 1, place: number) => {
    const middle = ((sliding.kernel[axis] - 1) * sliding.dilation[axis]) / 2;
    return Math.round((place + sliding.padding[axis] - middle) / sliding.stride[axis]);
  };
  return { row: along(0, cell.row), column: along(1, cell.column) };
}

/** Whether a cell is on the map, not in the padding. */
export function isOn({ row, column }: Cell, map: Extent): boolean {
  return row >= 0 && column >= 0 && row < map.rows && column < map.columns;
}

/** The value of a cell of a map `[rows, columns]`, or `null` in the padding. */
export function valueAt(values: Float32Array, cell: Cell, map: Extent): number | null {
  return isOn(cell, map) ? (values[cell.row * map.columns + cell.column] ?? null) : null;
}
