/**
 * The overview: all tiles of a network for one picture, as they are painted. Not exact beyond 8 bits: numbers that people read
 * are fetched by layer and unit. The binary is described in `backend/inference/src/overview.rs`.
 */
import type { Description, Layer, Op } from '../protocol/network';

/** The tiles of one layer. */
export interface LayerMaps {
  /** Number of channels, or of elements for a flat layer. */
  units: number;
  /** Size of a tile; smaller than the map where it was averaged down. */
  rows: number;
  columns: number;
  /** `[units, rows, columns]`. */
  values: Float32Array;
  /** Exact smallest and largest value of each unit's whole map. */
  min: Float32Array;
  max: Float32Array;
}

/** A decoded overview. */
export interface Overview {
  /** Every layer of the description, by its id. */
  layers: ReadonlyMap<string, LayerMaps>;
  /** Exact logits; `null` where the network has none. */
  logits: Float32Array | null;
  /** Exact class scores. */
  scores: Float32Array;
}

const MAGIC = [0x43, 0x56, 0x4f, 1];

/** Kinds of layers in the binary. */
const DERIVED = 0;
const POOLED = 1;
const TILES = 2;
const EXACT = 3;
const ROW = 4;
const PICTURE = 5;

/** Decodes the answer to `GET /api/overviews/…`. Throws when it does not belong to the network. */
export function decodeOverview(bytes: ArrayBuffer, description: Description): Overview {
  const reader = new Reader(bytes);
  if (MAGIC.some((expected) => reader.byte() !== expected)) {
    throw new Error('this is not an overview of a version that is known here');
  }
  const side = reader.short();
  const layers = new Map<string, LayerMaps>();
  let before: Decoded | null = null;
  for (const layer of description.layers) {
    const maps = decodeLayer({ reader, description, layer, side, before });
    layers.set(layer.id, maps);
    before = { layer, maps };
  }
  reader.end();
  const scores = layers.get(description.output)?.values;
  if (!scores) throw new Error('the network has no output layer');
  const logits = description.logits === null ? null : (layers.get(description.logits)?.values ?? null);
  return { layers, logits, scores };
}

/** A layer with its tiles. */
interface Decoded {
  layer: Layer;
  maps: LayerMaps;
}

interface Decoding {
  reader: Reader;
  description: Description;
  layer: Layer;
  /** Longest side of a tile. */
  side: number;
  before: Decoded | null;
}

function decodeLayer({ reader, description, layer, side, before }: Decoding): LayerMaps {
  const kind = reader.byte();
  const empty = emptyMaps(layer, side);
  switch (kind) {
    case DERIVED:
      return derive(empty, source(before), layer);
    case POOLED:
      reader.ranges(empty);
      pool(empty, source(before), layer);
      return empty;
    case TILES:
      reader.ranges(empty);
      reader.tiles(empty, null);
      return empty;
    case PICTURE:
      reader.ranges(empty);
      reader.tiles(empty, description.input.range);
      return empty;
    case EXACT:
      reader.floats(empty.values);
      return withOwnRanges(empty);
    case ROW:
      reader.row(empty.values);
      return withOwnRanges(empty);
    default:
      throw new Error(`layer ${layer.id} has a kind that is not known here`);
  }
}

function source(before: Decoded | null): Decoded {
  if (!before) throw new Error('the first layer cannot be derived');
  return before;
}

function emptyMaps(layer: Layer, side: number): LayerMaps {
  const [units = 0, height = 1, width = 1] = layer.shape;
  const factor = reduction(layer, side);
  const rows = Math.ceil(height / factor);
  const columns = Math.ceil(width / factor);
  return {
    units,
    rows,
    columns,
    values: new Float32Array(units * rows * columns),
    min: new Float32Array(units),
    max: new Float32Array(units),
  };
}

/** By which factor the layer's maps are averaged down. */
function reduction(layer: Layer, side: number): number {
  const [, height = 1, width = 1] = layer.shape;
  return Math.ceil(Math.max(height, width) / side);
}

/** A flat layer's units are single values. */
function withOwnRanges(maps: LayerMaps): LayerMaps {
  maps.min.set(maps.values);
  maps.max.set(maps.values);
  return maps;
}

function derive(empty: LayerMaps, before: Decoded, { id, op }: Layer): LayerMaps {
  switch (op.type) {
    case 'relu':
      return rising(empty, before, (value) => Math.max(0, value));
    case 'leakyRelu': {
      // The server calculates in 32 bits; so that the ranges are its own, so does this.
      const alpha = Math.fround(op.alpha);
      return rising(empty, before, (value) => (value < 0 ? alpha * value : value));
    }
    case 'clip':
      return rising(empty, before, (value) => Math.min(Math.max(value, op.min), op.max));
    case 'dropout':
      return before.maps;
    case 'flatten':
      return flatten(empty, before);
    default:
      throw new Error(`layer ${id} cannot be derived`);
  }
}

/** A function of each value that never falls, so that it takes ranges to ranges. */
function rising(empty: LayerMaps, { maps }: Decoded, f: (value: number) => number): LayerMaps {
  return { ...empty, values: maps.values.map(f), min: maps.min.map(f), max: maps.max.map(f) };
}

/** How a cell of the whole map finds its value on the tile. */
interface Lookup {
  values: Float32Array;
  /** Cells of a tile. */
  each: number;
  /** Where on its tile the row of each row of the map begins, and at which place in it each column of the map is. */
  rows: Int32Array;
  columns: Int32Array;
}

function lookup({ layer, maps }: Decoded): Lookup {
  const [, height = 1, width = 1] = layer.shape;
  const factor = Math.ceil(height / maps.rows);
  return {
    values: maps.values,
    each: maps.rows * maps.columns,
    rows: Int32Array.from({ length: height }, (_, y) => Math.floor(y / factor) * maps.columns),
    columns: Int32Array.from({ length: width }, (_, x) => Math.floor(x / factor)),
  };
}

function valueAt(map: Lookup, unit: number, y: number, x: number): number {
  return map.values[unit * map.each + (map.rows[y] ?? 0) + (map.columns[x] ?? 0)] ?? Number.NaN;
}

function flatten(empty: LayerMaps, before: Decoded): LayerMaps {
  const map = lookup(before);
  let place = 0;
  for (let unit = 0; unit < before.maps.units; unit += 1) {
    for (let y = 0; y < map.rows.length; y += 1) {
      for (let x = 0; x < map.columns.length; x += 1) {
        empty.values[place] = valueAt(map, unit, y, x);
        place += 1;
      }
    }
  }
  return withOwnRanges(empty);
}

/** A pooling window in both directions. */
interface Window {
  kernel: [number, number];
  stride: [number, number];
  padding: [number, number, number, number];
  dilation: [number, number];
  summary: 'max' | 'mean';
  /** Whether cells outside of the map count, as zeros. */
  countPadding: boolean;
}

function windowOf(op: Op): Window {
  const once: [number, number] = [1, 1];
  switch (op.type) {
    case 'maxPool':
      return { ...op, summary: 'max', countPadding: false };
    case 'averagePool':
      return { ...op, dilation: once, summary: 'mean' };
    default:
      throw new Error(`${op.type} has no window`);
  }
}

/** Fills the tiles of a pooling layer. Where tiles are averaged down, so is what is pooled: a likeness, not the exact map. */
function pool(maps: LayerMaps, before: Decoded, layer: Layer): void {
  if (layer.op.type === 'globalAveragePool') {
    // A map of one value: its range says it exactly.
    maps.values.set(maps.min);
    return;
  }
  const map = lookup(before);
  const window = windowOf(layer.op);
  const [, height = 1, width = 1] = layer.shape;
  const factor = Math.ceil(height / maps.rows);
  let place = 0;
  for (let unit = 0; unit < maps.units; unit += 1) {
    for (let row = 0; row < maps.rows; row += 1) {
      for (let column = 0; column < maps.columns; column += 1) {
        let sum = 0;
        let count = 0;
        for (let y = row * factor; y < Math.min((row + 1) * factor, height); y += 1) {
          for (let x = column * factor; x < Math.min((column + 1) * factor, width); x += 1) {
            sum += poolAt(map, window, unit, y, x);
            count += 1;
          }
        }
        maps.values[place] = sum / count;
        place += 1;
      }
    }
  }
}

/** The value of a pooling layer at one position of its whole map. */
function poolAt(map: Lookup, window: Window, unit: number, row: number, column: number): number {
  const { kernel, stride, padding, dilation } = window;
  let largest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < kernel[0]; i += 1) {
    const y = row * stride[0] - padding[0] + i * dilation[0];
    if (y < 0 || y >= map.rows.length) continue;
    for (let j = 0; j < kernel[1]; j += 1) {
      const x = column * stride[1] - padding[1] + j * dilation[1];
      if (x < 0 || x >= map.columns.length) continue;
      const value = valueAt(map, unit, y, x);
      largest = Math.max(largest, value);
      sum += value;
      count += 1;
    }
  }
  if (window.summary === 'max') return largest;
  return sum / (window.countPadding ? kernel[0] * kernel[1] : count);
}

/** Reads the binary from front to back. */
class Reader {
  readonly #view: DataView;
  #place = 0;

  constructor(bytes: ArrayBuffer) {
    this.#view = new DataView(bytes);
  }

  byte(): number {
    this.#place += 1;
    return this.#view.getUint8(this.#place - 1);
  }

  short(): number {
    this.#place += 2;
    return this.#view.getUint16(this.#place - 2, true);
  }

  float(): number {
    this.#place += 4;
    return this.#view.getFloat32(this.#place - 4, true);
  }

  floats(into: Float32Array): void {
    for (let i = 0; i < into.length; i += 1) into[i] = this.float();
  }

  ranges({ units, min, max }: LayerMaps): void {
    for (let unit = 0; unit < units; unit += 1) {
      min[unit] = this.float();
      max[unit] = this.float();
    }
  }

  row(into: Float32Array): void {
    const low = this.float();
    const high = this.float();
    const step = (high - low) / this.byte();
    for (let i = 0; i < into.length; i += 1) into[i] = low + this.byte() * step;
  }

  /** Reads the tiles of a layer; levels are spread over `range`, or over each unit's own. */
  tiles(maps: LayerMaps, range: [number, number] | null): void {
    const { units, rows, columns, values, min, max } = maps;
    const levels = this.byte();
    const cells = new Int16Array(rows * columns);
    for (let unit = 0; unit < units; unit += 1) {
      this.#cells(cells, columns, levels + 1);
      const [low, high] = range ?? [min[unit] ?? 0, max[unit] ?? 0];
      const begin = unit * cells.length;
      for (let place = 0; place < cells.length; place += 1)
        values[begin + place] = low + ((cells[place] ?? 0) / levels) * (high - low);
    }
  }

  /** Reads the levels of one tile: each as its distance, around a circle of `count`, from what its neighbours make likely. */
  #cells(cells: Int16Array, columns: number, count: number): void {
    const codes = new Uint8Array(this.#view.buffer, this.#place, cells.length);
    this.#place += cells.length;
    for (let place = 0; place < cells.length; place += 1) {
      const code = codes[place] ?? 0;
      const difference = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
      cells[place] = (likely(cells, columns, place) + difference + count) % count;
    }
  }

  /** Nothing may be left. */
  end(): void {
    if (this.#place !== this.#view.byteLength) throw new Error('the overview is longer than its network');
  }
}

/** The level that the neighbours above and left make likely. */
function likely(cells: Int16Array, columns: number, place: number): number {
  const firstColumn = place % columns === 0;
  const above = cells[place - columns] ?? 0;
  if (firstColumn) return above;
  const left = cells[place - 1] ?? 0;
  if (place < columns) return left;
  const both = cells[place - columns - 1] ?? 0;
  return Math.max(Math.min(above, left), Math.min(Math.max(above, left), above + left - both));
}
