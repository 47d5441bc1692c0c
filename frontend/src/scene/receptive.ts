/**
 * The receptive field: which cells of every layer before it one cell of a unit depends on, down to the pixels of the input. From kernels,
 * strides, paddings and dilations alone: which of those cells matter, and how much, is not said. No positions on a screen.
 */
import type { Description, Layer } from '../protocol/network';
import { slidingOf, type Cell, type Extent, type Sliding } from '../views/arithmetic/window';

/** The cells of one layer that are seen: the smallest rectangle around them, and the units they are seen in. */
export interface Field {
  layer: Layer;
  row: number;
  column: number;
  rows: number;
  columns: number;
  units: ReadonlySet<number>;
}

/** A unit's cell. */
export interface Seer {
  layer: string;
  unit: number;
  cell: Cell;
}

/** Rows and columns that are seen: exact along each axis, so that gaps of a dilated kernel stay gaps on the way down. */
interface Sight {
  rows: Set<number>;
  columns: Set<number>;
  units: Set<number>;
}

/**
 * What `seer` sees of its own layer and of every one that it depends on. A layer of which it sees nothing, because all of its window lies
 * in the padding, is not named.
 */
export function receptiveField(network: Description, seer: Seer): ReadonlyMap<string, Field> {
  const layers = new Map(network.layers.map((layer) => [layer.id, layer]));
  const own: Sight = {
    rows: new Set([seer.cell.row]),
    columns: new Set([seer.cell.column]),
    units: new Set([seer.unit]),
  };
  const sights = new Map<string, Sight>([[seer.layer, own]]);
  // Layers stand in the order of computation: whoever reads a layer stands behind it.
  for (const layer of network.layers.toReversed()) {
    const sight = sights.get(layer.id);
    if (!sight) continue;
    for (const id of layer.inputs) {
      const source = layers.get(id);
      if (!source) continue;
      const seen = through(layer, source, sight);
      if (seen.rows.size * seen.columns.size * seen.units.size > 0)
        sights.set(id, union(sights.get(id), seen));
    }
  }
  const fields = new Map<string, Field>();
  for (const [id, { rows, columns, units }] of sights) {
    const layer = layers.get(id);
    if (!layer) continue;
    const [row, column] = [Math.min(...rows), Math.min(...columns)];
    const size = { rows: Math.max(...rows) - row + 1, columns: Math.max(...columns) - column + 1 };
    fields.set(id, { layer, row, column, ...size, units });
  }
  return fields;
}

/** How far the layers on the way see: of each, the rows and columns of input pixels that one of its cells can see at most. */
export function growth(
  network: Description,
  last: string,
): { layer: Layer; rows: number; columns: number }[] {
  const seen = receptiveField(network, { layer: last, unit: 0, cell: { row: 0, column: 0 } });
  const steps = new Map<string, Reach>();
  const { height, width } = network.input;
  for (const layer of network.layers) {
    const sources = layer.inputs.flatMap((id) => {
      const source = network.layers.find((each) => each.id === id);
      const reach = steps.get(id);
      return source && reach ? [grown(layer, source, reach)] : [];
    });
    const widest = (axis: 0 | 1) => Math.max(1, ...sources.map(({ size }) => size[axis]));
    const jump = sources[0]?.jump ?? [1, 1];
    steps.set(layer.id, { size: [widest(0), widest(1)], jump });
  }
  return network.layers.flatMap((layer) => {
    const size = steps.get(layer.id)?.size;
    const isOnTheWay = layer.id === last || seen.has(layer.id);
    if (!size || !isOnTheWay) return [];
    return [{ layer, rows: Math.min(size[0], height), columns: Math.min(size[1], width) }];
  });
}

/** Input pixels that a cell spans, and from one cell to the next; `[rows, columns]`. */
interface Reach {
  size: readonly [number, number];
  jump: readonly [number, number];
}

function grown(layer: Layer, source: Layer, { size, jump }: Reach): Reach {
  // An element of a flattened layer is a cell of a map.
  if (layer.op.type === 'flatten') return { size, jump };
  const sliding = windowOf(layer, source);
  if (!sliding) return { size: [Infinity, Infinity], jump };
  const { kernel, dilation, stride } = sliding;
  const wider = (axis: 0 | 1) => size[axis] + (kernel[axis] - 1) * dilation[axis] * jump[axis];
  return { size: [wider(0), wider(1)], jump: [jump[0] * stride[0], jump[1] * stride[1]] };
}

function through(layer: Layer, source: Layer, sight: Sight): Sight {
  const extent = extentOf(source);
  const units = unitsThrough(layer, source, sight.units);
  const sliding = windowOf(layer, source);
  if (sliding)
    return {
      rows: axisThrough(sight.rows, sliding, { axis: 0, length: extent.rows }),
      columns: axisThrough(sight.columns, sliding, { axis: 1, length: extent.columns }),
      units,
    };
  const [only] = sight.units;
  // One element of a flattened layer is one cell of one map.
  if (layer.op.type === 'flatten' && sight.units.size === 1 && only !== undefined) {
    const place = only % (extent.rows * extent.columns);
    const row = Math.floor(place / extent.columns);
    return { rows: new Set([row]), columns: new Set([place % extent.columns]), units };
  }
  return { rows: upTo(extent.rows), columns: upTo(extent.columns), units };
}

/** How a layer's window moves over a source; `null` where each of its cells reads all of the source, or it has no cells. */
function windowOf(layer: Layer, source: Layer): Sliding | null {
  if (source.shape.length < 3) return null;
  return slidingOf(layer.op, extentOf(source));
}

function axisThrough(
  seen: ReadonlySet<number>,
  { kernel, stride, padding, dilation }: Sliding,
  { axis, length }: { axis: 0 | 1; length: number },
): Set<number> {
  const found = new Set<number>();
  for (const at of seen) {
    for (let tap = 0; tap < kernel[axis]; tap += 1) {
      const place = at * stride[axis] - padding[axis] + tap * dilation[axis];
      if (place >= 0 && place < length) found.add(place);
    }
  }
  return found;
}

function unitsThrough(layer: Layer, source: Layer, units: ReadonlySet<number>): Set<number> {
  const all = source.shape[0] ?? 1;
  const { op } = layer;
  switch (op.type) {
    case 'conv': {
      const [own, each] = [(layer.shape[0] ?? 1) / op.groups, all / op.groups];
      const groups = new Set(Array.from(units, (unit) => Math.floor(unit / own)));
      return new Set([...upTo(all)].filter((unit) => groups.has(Math.floor(unit / each))));
    }
    case 'dense':
    case 'softmax':
      return upTo(all);
    case 'flatten': {
      const { rows, columns } = extentOf(source);
      return new Set(Array.from(units, (unit) => Math.floor(unit / (rows * columns))));
    }
    default:
      return new Set(units);
  }
}

function union(one: Sight | undefined, other: Sight): Sight {
  if (!one) return other;
  return {
    rows: new Set([...one.rows, ...other.rows]),
    columns: new Set([...one.columns, ...other.columns]),
    units: new Set([...one.units, ...other.units]),
  };
}

function upTo(count: number): Set<number> {
  return new Set(Array.from({ length: count }, (_, i) => i));
}

function extentOf(layer: Layer): Extent {
  const [, rows = 1, columns = 1] = layer.shape;
  return { rows, columns };
}
