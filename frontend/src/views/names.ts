/** What layers, units and operations are called by people. */
import { m } from '../paraglide/messages.js';
import type { Description, Layer, Op } from '../protocol/network';

/** A layer of a network, or its input for an id that it does not have. */
export function layerOf(network: Description, id: string): Layer | null {
  return network.layers.find((layer) => layer.id === id) ?? null;
}

/** The layer that a layer reads. */
export function sourceOf(network: Description, layer: Layer): Layer | null {
  const [source] = layer.inputs;
  return source === undefined ? null : layerOf(network, source);
}

/** A times sign between narrow spaces that no line breaks at. */
const TIMES = '\u202f×\u202f';

/** Rows × columns × channels, or the number of values; in little room without the channels, which can be seen. */
export function shapeText(layer: Layer, room: 'ample' | 'little' = 'ample'): string {
  const [units = 1, rows, columns] = layer.shape;
  if (room === 'little' && rows !== undefined) return `${rows}×${columns}`;
  return rows === undefined || columns === undefined ? `${units}` : [rows, columns, units].join(TIMES);
}

/** A unit by itself: the channel's name in the input, the class at the output and its logits, otherwise its number from 1. */
export function unitName(network: Description, layer: Layer, unit: number): string {
  const channel = layer.op.type === 'input' ? network.input.channels[unit] : undefined;
  const named = layer.id === network.output || layer.id === network.logits;
  const label = named ? network.labels[unit] : undefined;
  return channel ?? label ?? m.unit_number({ number: unit + 1 });
}

/** A unit's map with its layer: 'conv_1_1 · unit 4'. */
export function mapTitle(network: Description, layer: Layer, unit: number): string {
  return m.unit_map_title({ layer: layer.id, unit: unitName(network, layer, unit) });
}

/** A unit by where it comes from: an element of a flattened layer by its map, row and column, any other by its own name. */
export function originName(network: Description, layer: Layer, unit: number): string {
  const source = sourceOf(network, layer);
  const [, rows = 1, columns = 1] = source?.shape ?? [];
  if (!source || layer.op.type !== 'flatten' || rows * columns === 1) return unitName(network, layer, unit);
  const place = unit % (rows * columns);
  return m.unit_origin({
    unit: unitName(network, source, Math.floor(unit / (rows * columns))),
    row: Math.floor(place / columns) + 1,
    column: (place % columns) + 1,
  });
}

/** Whether a clip is the most frequent one, which has a name of its own. */
export function isRelu6({ min, max }: { min: number; max: number }): boolean {
  return min === 0 && max === 6;
}

/** What a layer computes, in a word or two. */
export function opName(op: Op): string {
  switch (op.type) {
    case 'input':
      return m.op_input();
    case 'conv':
      return m.op_conv();
    case 'relu':
      return m.op_relu();
    case 'leakyRelu':
      return m.op_leaky_relu();
    case 'sigmoid':
      return m.op_sigmoid();
    case 'clip':
      return isRelu6(op) ? m.op_relu6() : m.op_clip();
    case 'maxPool':
      return m.op_max_pool();
    case 'averagePool':
      return m.op_average_pool();
    case 'globalAveragePool':
      return m.op_global_average_pool();
    case 'batchNormalization':
      return m.op_batch_normalization();
    case 'flatten':
      return m.op_flatten();
    case 'dense':
      return m.op_dense();
    case 'dropout':
      return m.op_dropout();
    case 'softmax':
      return m.op_softmax();
  }
}

/** What a layer computes, in the few letters that a column has room for. */
export function opShortName(op: Op): string {
  switch (op.type) {
    case 'conv':
      return m.op_conv_short();
    case 'maxPool':
      return m.op_max_pool_short();
    case 'averagePool':
      return m.op_average_pool_short();
    case 'globalAveragePool':
      return m.op_global_average_pool_short();
    case 'batchNormalization':
      return m.op_batch_normalization_short();
    case 'dense':
      return m.op_dense_short();
    default:
      return opName(op);
  }
}
