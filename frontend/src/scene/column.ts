/**
 * A column: how one layer of any network takes part in the picture of it (a row, on a phone). Says which boxes a layer has, not
 * where they are.
 */
import type { Description, Layer, Op } from '../protocol/network';

/** What one box of a column is: a map, one value, a part of a flattened strip, or a class of the output. */
export type BoxKind = 'map' | 'value' | 'strip' | 'class';

/** How the units of a layer draw on the units of the layer before. */
export type Wiring = 'none' | 'oneToOne' | 'allToAll' | 'strip';

/** One layer's part of the picture. */
export interface Column {
  layer: Layer;
  /** Position among the layers, from 0. */
  index: number;
  kind: BoxKind;
  /** Number of boxes: units, except for a strip, where it is the number of maps that were unrolled. */
  boxes: number;
  /** Units that one box stands for: 1, except for a strip. */
  unitsPerBox: number;
  wiring: Wiring;
  /** Columns of one lane show the same units and scroll together. */
  lane: string;
  /** Distance to the column before: large where everything is mixed, small where units stay themselves. */
  gap: 'none' | 'small' | 'large';
}

/** The columns of a network, from the input to the output. */
export function columns(network: Description): Column[] {
  const kinds = new Map<string, Layer>(network.layers.map((layer) => [layer.id, layer]));
  return network.layers.map((layer, index) => {
    const kind = boxKind(network, layer, kinds);
    const [units = 1] = layer.shape;
    const unitsPerBox = kind === 'strip' ? unrolled(layer, kinds) : 1;
    const boxes = Math.max(Math.floor(units / unitsPerBox), 1);
    const wiring = wiringOf(layer.op, kind);
    return {
      layer,
      index,
      kind,
      boxes,
      unitsPerBox,
      wiring,
      lane: kind === 'class' ? 'class' : `${layer.block}:${boxes}`,
      gap: index === 0 ? 'none' : wiring === 'allToAll' ? 'large' : 'small',
    };
  });
}

/** Most maps in one column: what tiles get their size from. Values and classes are small at any number, and scroll. */
export function mostMaps(all: readonly Column[]): number {
  return Math.max(
    1,
    ...all.filter(({ kind }) => kind === 'map' || kind === 'strip').map(({ boxes }) => boxes),
  );
}

/** The box that shows a unit. */
export function boxOf(column: Column, unit: number): number {
  return Math.min(Math.floor(unit / column.unitsPerBox), column.boxes - 1);
}

/** The name of a box, the same in every layout. */
export function boxKey(layer: string, box: number): string {
  return `${layer}/${box}`;
}

function boxKind(network: Description, layer: Layer, layers: ReadonlyMap<string, Layer>): BoxKind {
  if (layer.id === network.output && layer.shape[0] === network.labels.length) return 'class';
  if (layer.op.type === 'flatten' && unrolled(layer, layers) > 1) return 'strip';
  const [, rows = 1, cols = 1] = layer.shape;
  return rows * cols > 1 ? 'map' : 'value';
}

/** Elements of one map of the layer that a flat one reads. */
function unrolled(layer: Layer, layers: ReadonlyMap<string, Layer>): number {
  const [, rows = 1, cols = 1] = layers.get(layer.inputs[0] ?? '')?.shape ?? [];
  return rows * cols;
}

function wiringOf(op: Op, kind: BoxKind): Wiring {
  switch (op.type) {
    case 'input':
      return 'none';
    case 'conv':
    case 'dense':
    case 'softmax':
      return 'allToAll';
    case 'flatten':
      return kind === 'strip' ? 'strip' : 'oneToOne';
    default:
      return 'oneToOne';
  }
}
