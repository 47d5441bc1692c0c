/**
 * Famous kernels, for every size. Not how they are put into a network: see `editing.ts`.
 *
 * As in every convolution here, a kernel is laid over the picture unflipped (cross-correlation). The 3 × 3 forms are those of
 * R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th edition, sections 3.5 (mean), 3.6 (Laplacian and sharpening) and 10.2
 * (Sobel, after I. Sobel and G. Feldman, 1968). Other sizes follow the same formulas, see each function. C(n, i) is the binomial
 * coefficient; rows and columns are counted from 0; the centre of n cells is cell ⌊(n − 1) / 2⌋.
 */

import type { KernelSize } from '../../data/kernels';

/** The kernels that there are, in the order in which they are offered. */
export const PRESETS = [
  'identity',
  'blur',
  'sharpen',
  'edgesHorizontal',
  'edgesVertical',
  'edges',
  'emboss',
  'zero',
] as const;
export type Preset = (typeof PRESETS)[number];

/** Positive weights of the 3 × 3 Sobel and emboss kernels together: other sizes are scaled to the same strength. */
const STRENGTH = 4;

/** The weights of a preset, row by row. */
export function presetWeights(preset: Preset, size: KernelSize): number[] {
  switch (preset) {
    case 'identity':
      return identity(size);
    case 'blur':
      return each(size, () => 1 / (size.rows * size.columns));
    case 'sharpen':
      return sum(identity(size), laplacian(size), -1);
    case 'edgesHorizontal':
      return sobel(size, 'rows');
    case 'edgesVertical':
      return sobel(size, 'columns');
    case 'edges':
      return laplacian(size);
    case 'emboss':
      return sum(identity(size), slope(size), 1);
    case 'zero':
      return each(size, () => 0);
  }
}

/** 1 at the centre: the map is the input, shifted by half a cell where a side is even. */
function identity(size: KernelSize): number[] {
  return each(size, (row, column) => (row === centre(size.rows) && column === centre(size.columns) ? 1 : 0));
}

/** The difference of the four neighbours from the centre: 1 on each neighbour that there is, minus their number at the centre. */
function laplacian(size: KernelSize): number[] {
  const distance = (row: number, column: number) =>
    Math.abs(row - centre(size.rows)) + Math.abs(column - centre(size.columns));
  const neighbours = each(size, (row, column) => (distance(row, column) === 1 ? 1 : 0));
  const count = neighbours.reduce((total, one) => total + one, 0);
  return sum(neighbours, identity(size), -count);
}

/** The change from top to bottom (`rows`) or from left to right: smoothing C(n − 1, i) along the other axis, difference along this. */
function sobel(size: KernelSize, along: keyof KernelSize): number[] {
  const [rows, columns] =
    along === 'rows'
      ? [difference(size.rows), smoothing(size.columns)]
      : [smoothing(size.rows), difference(size.columns)];
  return scaled(each(size, (row, column) => (rows[row] ?? 0) * (columns[column] ?? 0)));
}

/** Light from the upper left: how far a cell lies to the lower right of the middle. */
function slope(size: KernelSize): number[] {
  const from = (n: number, i: number) => i - (n - 1) / 2;
  return scaled(each(size, (row, column) => from(size.rows, row) + from(size.columns, column)));
}

/** C(n − 1, i) for i from 0. */
function smoothing(n: number): number[] {
  let row = [1];
  for (let i = 1; i < n; i += 1) row = [1, ...row.slice(1).map((value, j) => value + (row[j] ?? 0)), 1];
  return row;
}

/** The difference of two smoothings of n − 1 cells, one cell apart; one cell alone has none. */
function difference(n: number): number[] {
  if (n === 1) return [0];
  const smooth = smoothing(n - 1);
  return Array.from({ length: n }, (_, i) => (smooth[i - 1] ?? 0) - (smooth[i] ?? 0));
}

function scaled(weights: number[]): number[] {
  const positive = weights.reduce((total, weight) => total + Math.max(weight, 0), 0);
  return positive === 0 ? weights : weights.map((weight) => (weight * STRENGTH) / positive);
}

function sum(a: number[], b: number[], times: number): number[] {
  return a.map((value, i) => value + times * (b[i] ?? 0));
}

function centre(n: number): number {
  return Math.floor((n - 1) / 2);
}

function each({ rows, columns }: KernelSize, weight: (row: number, column: number) => number): number[] {
  return Array.from({ length: rows * columns }, (_, i) => weight(Math.floor(i / columns), i % columns));
}
