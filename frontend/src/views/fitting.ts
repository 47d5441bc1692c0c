/** Numbers in the cells of a map: the largest type in which all of them fit, or none when it would be too small to be read. */

/** What decides whether numbers fit. */
export interface Cells {
  /** Side of a cell, in CSS px. */
  cell: number;
  /** Smallest type that may be used, in CSS px. */
  least: number;
  values: Float32Array;
  text: (value: number) => string;
  /** Width of a text in type of 1 px, in CSS px. */
  widthOf: (text: string) => number;
}

/** Largest type in a cell, in CSS px. */
const MOST_PX = 22;
/** Part of a cell's width and height that a number may take. */
const SHARE = { width: 0.86, height: 0.6 };

/** The size of the type, in CSS px, or `null` when the numbers have no room. */
export function fittingType({ cell, least, values, text, widthOf }: Cells): number | null {
  const high = Math.min(cell * SHARE.height, MOST_PX);
  // Most maps are far too fine: they are not measured number by number.
  if (high < least) return null;
  const widest = values.reduce((most, value) => Math.max(most, widthOf(text(value))), 0);
  const size = widest > 0 ? Math.min(high, (cell * SHARE.width) / widest) : high;
  return size >= least ? size : null;
}
