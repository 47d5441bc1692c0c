/**
 * Which questions the network answers about a view: those that a button is worth. Whether one can be asked is for the server to say;
 * the two are compared through `tests/golden/questions.json`.
 */
import type { Asked, Focus } from '../../protocol/classroom';
import type { Description, Layer, Op } from '../../protocol/network';
import { outputSide } from '../../views/arithmetic/hyperparameters';
import { layerOf, sourceOf } from '../../views/names';

/** A kind of question that a network answers. */
export type Offer = Exclude<Asked['kind'], 'choice' | 'scale'>;

const VALUED: readonly Op['type'][] = [
  'conv',
  'relu',
  'leakyRelu',
  'sigmoid',
  'clip',
  'maxPool',
  'averagePool',
  'globalAveragePool',
  'dense',
];
const WINDOWED: readonly Op['type'][] = ['conv', 'maxPool', 'averagePool', 'globalAveragePool'];

/** The kinds of question about what is in view while the window stands at `step`. */
export function offers(network: Description, focus: Focus, step: number): Offer[] {
  if (focus.kind === 'overview') return network.labels.length > 1 ? ['topClass'] : [];
  if (focus.kind === 'hyperparameters') return outputSide(focus) === null ? [] : ['outputSize'];
  if (focus.kind === 'class') return [];
  const layer = layerOf(network, focus.layer);
  if (!layer) return [];
  const isOpen = focus.kind !== 'layer';
  const found: Offer[] =
    isOpen && hasNext(layer, step) && sourceOf(network, layer) ? aboutNext(layer.op) : [];
  if (isOpen && side(layer) > 1) found.push('pixel');
  if (WINDOWED.includes(layer.op.type)) found.push('outputSize');
  if (hasTiles(layer)) found.push('tile');
  return found;
}

function aboutNext(op: Op): Offer[] {
  const found: Offer[] = VALUED.includes(op.type) ? ['value'] : [];
  if (op.type === 'conv') found.push('sign');
  if (op.type === 'maxPool' && op.kernel[0] * op.kernel[1] > 1) found.unshift('winner');
  return found;
}

/** Cells of one unit. */
function side({ shape: [, rows = 1, columns = 1] }: Layer): number {
  return rows * columns;
}

/** Whether a cell is computed after this step, or there is only one. */
function hasNext(layer: Layer, step: number): boolean {
  const steps = side(layer);
  return layer.op.type !== 'input' && (steps === 1 || step + 1 < steps);
}

/** The layers whose tiles can be told apart. */
export function hasTiles({ shape }: Layer): boolean {
  return shape.length === 3 && (shape[0] ?? 0) > 1;
}
