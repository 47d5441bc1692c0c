/**
 * What stands in a scene and is no unit: kernels, intermediate maps, sums and what flows between them, and notes about them. Geometry
 * only: how a node looks at a step is a view's to say.
 */
import type { Rect } from './geometry';

/**
 * `kernel`: the weights between an input and the open unit. `map`: an intermediate map. `term`: one part of a sum. `sum`, `bias`, `total`:
 * where parts come together. `heading`: the name of a column that is no layer. `logit`, `softmax`: a class before and after normalisation.
 */
export type NodeKind = 'kernel' | 'map' | 'term' | 'sum' | 'bias' | 'total' | 'heading' | 'logit' | 'softmax';

/** Something that is no unit. */
export interface SceneNode extends Rect {
  /** The same thing has the same key in every scene. */
  key: string;
  kind: NodeKind;
  /** The layer that it helps to explain. */
  layer: string;
  /** The unit of that layer. */
  unit: number;
  /** The unit of the layer before that it belongs to, if it belongs to one. */
  input: number | null;
  /** Key of the lane that clips it; empty where nothing does. */
  lane: string;
  /** Key of the box that it grows out of. */
  from: string;
  emphasis: 'plain' | 'strong' | 'dim';
}

/** The name of a node; the unit is no part of it: kernels stay where they are when another unit is opened in place. */
export function nodeKey(kind: NodeKind, layer: string, input: number | null = null): string {
  return input === null ? `${kind} ${layer}` : `${kind} ${layer} ${input}`;
}

/** What runs from one box or node to another. */
export interface Flow {
  key: string;
  from: string;
  to: string;
  /**
   * `right`: from the right side to the left one. `down`: from the lower side to the upper one. `corner`: from the right side to the upper
   * one.
   */
  bend: 'right' | 'down' | 'corner';
  emphasis: 'plain' | 'strong';
}

/** A short caption with an arrow to what it is about. */
export interface Note extends Rect {
  key: string;
  /** Which caption: what it says is a view's to say. */
  message: string;
  /** Where its arrow ends. */
  anchor: { x: number; y: number };
  /** Where along its edge the arrow begins, if it is to meet what it is about from the side. */
  start?: number;
  /** The end of the place at which the caption stands when it is shorter than the place. */
  stands: 'top' | 'bottom';
}
