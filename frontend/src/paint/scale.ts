/** A colour scale: a value in, a colour out, through a table of 256 entries. Not the choice of its reach: see `reach.ts`. */
import { ramp, type Rgb } from './colour';

/** A colour scale. */
export interface Scale {
  /** 256 colours as the bytes R, G, B, A in memory order. */
  table: Uint32Array;
  /** The value that entry `base` stands for, and entries per unit of value. */
  origin: number;
  base: number;
  slope: number;
}

/** The stops of a scale with two sides. */
export interface Diverging {
  negative: readonly [Rgb, Rgb];
  zero: Rgb;
  positive: readonly [Rgb, Rgb];
}

/** Entry of the value zero in a diverging table; 127 entries on either side of it are in use. */
const ZERO = 128;
const SIDE = 127;

/** Colours of a diverging table, from the negative to the positive end. */
export function divergingTable({ negative, zero, positive }: Diverging): Uint32Array {
  const down = ramp([zero, negative[0], negative[1]]);
  const up = ramp([zero, positive[0], positive[1]]);
  const amount = (i: number) => early(Math.min(Math.abs(i - ZERO) / SIDE, 1));
  return table((i) => (i < ZERO ? down(amount(i)) : up(amount(i))));
}

/** Where the middle colour of a side stands: early, for most activations are small beside the largest of their layer. */
const MIDDLE = 0.36;

/** Moves the middle of a side to `MIDDLE`; 0 and 1 stay. */
function early(t: number): number {
  return t < MIDDLE ? (t / MIDDLE) * 0.5 : 0.5 + ((t - MIDDLE) / (1 - MIDDLE)) * 0.5;
}

/** Colours of a table that goes one way. */
export function sequentialTable(low: Rgb, high: Rgb): Uint32Array {
  const path = ramp([low, high]);
  return table((i) => path(i / 255));
}

function table(colour: (entry: number) => Rgb): Uint32Array {
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i += 1) bytes.set([...colour(i), 255], i * 4);
  return new Uint32Array(bytes.buffer);
}

/** A scale symmetric around zero: −`reach` and `reach` are its ends. */
export function diverging(colours: Uint32Array, reach: number): Scale {
  return { table: colours, origin: 0, base: ZERO, slope: reach > 0 ? SIDE / reach : 0 };
}

/** A scale from `low` to `high`. */
export function sequential(colours: Uint32Array, low: number, high: number): Scale {
  return { table: colours, origin: low, base: 0, slope: high > low ? 255 / (high - low) : 0 };
}

/** Entry of the table for a value; values outside get the end's, what is not a number the middle's. */
export function entry(scale: Scale, value: number): number {
  const i = Math.round(scale.base + (value - scale.origin) * scale.slope);
  return i > 255 ? 255 : i >= 0 ? i : Number.isNaN(i) ? scale.base : 0;
}

/** The colour of a value. */
export function colourOf(scale: Scale, value: number): Rgb {
  return fromEntry(scale.table, entry(scale, value));
}

/** A table's colour by its entry. */
export function fromEntry(colours: Uint32Array, i: number): Rgb {
  const [r = 0, g = 0, b = 0] = new Uint8Array(colours.buffer, colours.byteOffset + i * 4, 3);
  return [r, g, b];
}

/** The pixels of `values`, written to `out` from its beginning. */
export function colourise(scale: Scale, values: Float32Array, out: Uint32Array): void {
  const { table: colours } = scale;
  for (let i = 0; i < values.length; i += 1) out[i] = colours[entry(scale, values[i] ?? NaN)] ?? 0;
}
