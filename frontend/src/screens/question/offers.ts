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
/** What can be computed by hand. */
const BY_HAND: readonly Op['type'][] = ['conv', 'maxPool', 'averagePool', 'relu', 'leakyRelu', 'clip'];
/** Most numbers under the window of a cell that is computed by hand. */
const TERMS_MOST = 27;
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
  if (isOpen && fillable(network, focus) > 0) found.push('fill');
  return found;
}

function aboutNext(op: Op): Offer[] {
  const found: Offer[] = VALUED.includes(op.type) ? ['value'] : [];
  if (op.type === 'conv') found.push('sign');
  if (op.type === 'maxPool' && op.kernel[0] * op.kernel[1] > 1) found.unshift('winner');
  return found;
}

/** Cells of the map in view that a class can fill by hand; 0 where there are none. */
export function fillable(network: Description, focus: Focus): number {
  if (focus.kind !== 'unit' && focus.kind !== 'link') return 0;
  const layer = layerOf(network, focus.layer);
  const source = layer && sourceOf(network, layer);
  if (!source || !BY_HAND.includes(layer.op.type)) return 0;
  const fits = termsOf(layer.op, source, focus.kind === 'link') <= TERMS_MOST;
  return fits && side(layer) > 1 ? side(layer) : 0;
}

/** Numbers under the window, of one input or of all. */
function termsOf(op: Op, source: Layer, isAlone: boolean): number {
  if (op.type === 'maxPool' || op.type === 'averagePool') return op.kernel[0] * op.kernel[1];
  if (op.type !== 'conv') return 1;
  return op.kernel[0] * op.kernel[1] * (isAlone ? 1 : (source.shape[0] ?? 1) / op.groups);
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
