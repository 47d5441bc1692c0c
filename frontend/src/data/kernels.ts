/** The kernels of a convolution by the shapes of its description: how many, how large, and from which inputs. Not their weights. */
import { EDITED_WEIGHTS } from '../protocol/classroom';
import type { Layer } from '../protocol/network';

/** Rows and columns of a kernel. */
export interface KernelSize {
  rows: number;
  columns: number;
}

/** The kernels of one unit. */
export interface KernelsRead {
  /** The unit of the layer before that the first kernel reads, and how many follow it. */
  first: number;
  count: number;
  size: KernelSize;
}

/** The kernels of a layer's unit, if it has any that an edit can hold. */
export function kernelsRead(layer: Layer, unit: number): KernelsRead | null {
  if (layer.op.type !== 'conv') return null;
  const [units = 0, count = 0, rows = 0, columns = 0] = layer.weights[0] ?? [];
  const weights = rows * columns;
  if (unit >= units || weights === 0 || weights > EDITED_WEIGHTS) return null;
  return { first: Math.floor(unit / (units / layer.op.groups)) * count, count, size: { rows, columns } };
}
