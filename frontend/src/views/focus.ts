/** What a focus means for a screen: its text form, the one above it, its steps, and what opening a unit leads to. */
import type { Focus } from '../protocol/classroom';
import type { Description, Layer } from '../protocol/network';
import { outputSide } from './arithmetic/hyperparameters';
import { layerOf } from './names';

/** The focus as words, for tests and for addresses: `unit conv_1_1 3`. */
export function focusText(focus: Focus): string {
  switch (focus.kind) {
    case 'overview':
      return 'overview';
    case 'layer':
      return `layer ${focus.layer}`;
    case 'unit':
      return `unit ${focus.layer} ${focus.unit}`;
    case 'link':
      return `link ${focus.layer} ${focus.unit} ${focus.input}`;
    case 'class':
      return `class ${focus.class}`;
    case 'hyperparameters': {
      const { input, padding, kernel, stride, dilation } = focus;
      return `hyperparameters ${input} ${padding} ${kernel} ${stride} ${dilation}`;
    }
  }
}

/** One level up, or `null` at the top. */
export function above(focus: Focus): Focus | null {
  switch (focus.kind) {
    case 'overview':
      return null;
    case 'link':
      return { kind: 'unit', layer: focus.layer, unit: focus.unit };
    default:
      return { kind: 'overview' };
  }
}

/** The focus that opening a unit leads to: an output unit is opened as its class. */
export function opening(network: Description, layer: string, unit: number): Focus {
  const classes = network.output === layer && network.layers.at(-1)?.shape[0] === network.labels.length;
  return classes ? { kind: 'class', class: unit } : { kind: 'unit', layer, unit };
}

/** The layer that a focus opens a unit of. */
export function openLayer(network: Description, focus: Focus): Layer | null {
  if (focus.kind === 'overview' || focus.kind === 'layer' || focus.kind === 'hyperparameters') return null;
  return layerOf(network, focus.kind === 'class' ? network.output : focus.layer);
}

/** Output positions that the kernel visits for a focus: 1 where nothing moves. */
export function stepsOf(network: Description, focus: Focus): number {
  if (focus.kind === 'hyperparameters') return (outputSide(focus) ?? 1) ** 2;
  const layer = openLayer(network, focus);
  if (!layer || layer.op.type === 'input') return 1;
  const [, rows = 1, columns = 1] = layer.shape;
  return rows * columns;
}

/** `focus` if the network has what it is about, else the overview. */
export function valid(network: Description, focus: Focus): Focus {
  const overview: Focus = { kind: 'overview' };
  if (focus.kind === 'overview') return focus;
  if (focus.kind === 'hyperparameters') return outputSide(focus) === null ? overview : focus;
  if (focus.kind === 'class') return focus.class < network.labels.length ? focus : overview;
  const layer = layerOf(network, focus.layer);
  if (!layer) return overview;
  return focus.kind === 'layer' || focus.unit < (layer.shape[0] ?? 0) ? focus : overview;
}

/** Whose view a focus is shown in, as text: a pair in that of its unit. */
export function homeOf(focus: Focus): string {
  return focusText(focus.kind === 'link' ? { ...focus, kind: 'unit' } : focus);
}

/** Where a focus leads on the picture of the network, as text: the elements of one strip, and the weights to one unit, are one station. */
export function stationOf(network: Description, focus: Focus): string {
  const layer = openLayer(network, focus);
  if (layer?.op.type === 'dense' && (focus.kind === 'link' || focus.kind === 'unit'))
    return `unit ${layer.id} ${focus.unit}`;
  return layer?.op.type === 'flatten' && focus.kind === 'unit' ? `unit ${layer.id}` : focusText(focus);
}
