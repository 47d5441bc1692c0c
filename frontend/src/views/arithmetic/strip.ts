/**
 * A strip: a flat layer as the row of maps that were unrolled into it, channel by channel and row by row. Places only; no values.
 */
import type { Description, Layer } from '../../protocol/network';
import type { Cell, Extent } from './window';

/** A flat layer and what it was unrolled from. */
export interface Strip {
  /** The flat layer. */
  layer: Layer;
  /** The layer whose maps were unrolled; `null` where each element is a value of its own. */
  maps: Layer | null;
  /** Number of elements. */
  length: number;
  /** Size of one map; 1 × 1 where there are none. */
  extent: Extent;
  /** Elements of one map. */
  size: number;
  /** Number of maps. */
  channels: number;
}

/** Where an element comes from. */
export interface Place extends Cell {
  channel: number;
}

/** Operations that leave every element where it is. */
const IN_PLACE: readonly string[] = ['dropout', 'relu', 'batchNormalization'];

/** The strip of a flat layer of a network. */
export function stripOf(network: Description, layer: Layer): Strip {
  const [length = 1] = layer.shape;
  const source = ({ inputs: [id] }: Layer) => network.layers.find((each) => each.id === id);
  let flatten: Layer | undefined = layer;
  while (flatten && IN_PLACE.includes(flatten.op.type) && flatten.shape.length === 1)
    flatten = source(flatten);
  const maps = flatten?.op.type === 'flatten' ? source(flatten) : undefined;
  const [channels = 1, rows = 1, columns = 1] = maps?.shape ?? [];
  const size = rows * columns;
  if (!maps || size === 1 || channels * size !== length)
    return { layer, maps: null, length, extent: { rows: 1, columns: 1 }, size: 1, channels: length };
  return { layer, maps, length, extent: { rows, columns }, size, channels };
}

/** Where element `element` comes from. */
export function placeOf({ size, extent }: Strip, element: number): Place {
  const within = element % size;
  return {
    channel: Math.floor(element / size),
    row: Math.floor(within / extent.columns),
    column: within % extent.columns,
  };
}

/** The element that comes from a place, the nearest one for a place outside. */
export function elementAt({ size, extent, channels }: Strip, place: Place): number {
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  const row = within(place.row, extent.rows);
  return within(place.channel, channels) * size + row * extent.columns + within(place.column, extent.columns);
}

/** The element that a key leads to: along the strip, by a row of a map, by a whole map, or to the ends; `null` for any other key. */
export function elementAfter(key: string, element: number, { length, extent, size }: Strip): number | null {
  const by = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: extent.columns,
    ArrowUp: -extent.columns,
    PageDown: size,
    PageUp: -size,
    Home: -length,
    End: length,
  }[key];
  return by === undefined ? null : Math.min(Math.max(element + by, 0), length - 1);
}

/** The dense layer that reads a flat layer, directly or through a dropout, which passes everything on; `null` where there is none. */
export function readerOf(network: Description, layer: Layer): Layer | null {
  const reader = network.layers.find(({ inputs }) => inputs.includes(layer.id));
  if (reader?.op.type === 'dropout') return readerOf(network, reader);
  return reader?.op.type === 'dense' ? reader : null;
}
