/** What a student computes a cell from: the numbers under the window, the weights they are multiplied with, the bias. Not the result. */
import type { Run, Tensors } from '../../../data/tensors';
import type { Task } from '../../../protocol/classroom';
import type { Layer } from '../../../protocol/network';
import { kernelsOf } from '../../../views/arithmetic/convolution';
import { mean } from '../../../views/arithmetic/pooling';
import {
  cellOfStep,
  isOn,
  slidingOf,
  valueAt,
  windowAt,
  type Sliding,
} from '../../../views/arithmetic/window';
import { layerOf, sourceOf } from '../../../views/names';
import { extentOf } from '../../../views/units/unit';

export type FillTask = Extract<Task, { kind: 'fill' }>;

/** One number under the window. */
export interface Seen {
  /** Nothing beside the map, where only what is on it counts. */
  value: number | null;
  /** Whether it is a zero of the padding. */
  padding: boolean;
}

/** What comes from one input. */
export interface Operand {
  /** The unit of the source. */
  input: number;
  /** Row by row of the window. */
  seen: Seen[];
  /** The weights in the same places; nothing where there are none. */
  weights: readonly number[] | null;
}

/** The arithmetic of one cell. */
export interface Work {
  columns: number;
  operands: Operand[];
  /** Nothing where none is added. */
  bias: number | null;
  /** What the sum is divided by; nothing where it is not. */
  divisor: number | null;
}

/** The tensors of all cells of a task. */
export interface WorkMaps {
  layer: Layer;
  source: Layer;
  sliding: Sliding;
  inputs: { input: number; values: Float32Array; kernel: Float32Array | null }[];
  bias: number | null;
}

/** Fetches what is needed, and not the map that is to be found out. */
export async function fetchWork(
  tensors: Pick<Tensors, 'unit' | 'unitWeights'>,
  run: Run,
  task: FillTask,
  signal: AbortSignal,
): Promise<WorkMaps | null> {
  const layer = layerOf(run.network, task.layer);
  const source = layer && sourceOf(run.network, layer);
  const sliding = layer && source && slidingOf(layer.op, extentOf(source));
  if (!sliding) return null;
  const values = (input: number) => tensors.unit(run, source.id, input, signal);
  const [shape] = layer.weights;
  if (layer.op.type !== 'conv' || !shape) {
    const inputs = [{ input: task.unit, values: await values(task.unit), kernel: null }];
    return { layer, source, sliding, inputs, bias: null };
  }
  const [weights = new Float32Array(0), biases] = await tensors.unitWeights(run, layer.id, task.unit, signal);
  const { first, kernels } = kernelsOf(weights, shape, { unit: task.unit, groups: layer.op.groups });
  const counted = kernels
    .map((kernel, i) => ({ input: first + i, kernel }))
    .filter(({ input }) => task.input === null || task.input === input);
  const inputs = await Promise.all(
    counted.map(async (each) => ({ ...each, values: await values(each.input) })),
  );
  return { layer, source, sliding, inputs, bias: task.input === null ? (biases?.[0] ?? null) : null };
}

/** What the cell of a step is computed from. */
export function workAt({ layer, source, sliding, inputs, bias }: WorkMaps, step: number): Work {
  const extent = extentOf(source);
  const { op } = layer;
  const [first] = inputs;
  const at = cellOfStep(step, extentOf(layer));
  const cells = windowAt(sliding, at);
  return {
    columns: sliding.kernel[1],
    bias,
    divisor:
      op.type === 'averagePool' && first
        ? mean(sliding, at, extent, { values: first.values, countPadding: op.countPadding }).count
        : null,
    operands: inputs.map(({ input, values, kernel }) => ({
      input,
      seen: cells.map((cell) => ({
        // A convolution multiplies the zeros around the map like any other number.
        value: valueAt(values, cell, extent) ?? (op.type === 'conv' ? 0 : null),
        padding: !isOn(cell, extent),
      })),
      weights: kernel && [...kernel],
    })),
  };
}
