/** Where on a network a focus is, and how far two of them are apart. Layout and words are others' matter. */
import type { Focus, LayerId } from '../protocol/classroom';
import type { Description } from '../protocol/network';

/** The layer in view; the output for a class, none for the overview. */
export function layerOf(focus: Focus, network: Description | null): LayerId | null {
  if (focus.kind === 'overview' || focus.kind === 'hyperparameters') return null;
  return focus.kind === 'class' ? (network?.output ?? null) : focus.layer;
}

/** Position of the layer in view in the order of computation; `null` for the overview and for layers the network does not have. */
export function positionOf(focus: Focus, network: Description): number | null {
  const layer = layerOf(focus, network);
  const position = network.layers.findIndex(({ id }) => id === layer);
  return position < 0 ? null : position;
}

/** Layers from `own` to `other`: positive when `other` is further on. `null` where one of them is at no layer. */
export function distance(own: Focus, other: Focus, network: Description): number | null {
  const from = positionOf(own, network);
  const to = positionOf(other, network);
  return from === null || to === null ? null : to - from;
}
