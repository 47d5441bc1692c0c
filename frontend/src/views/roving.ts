/** Where the arrow keys lead: from unit to unit along a layer, and from layer to layer. */
import type { Column } from '../scene/column';
import type { SceneNode } from '../scene/node';
import type { Scene } from '../scene/scene';

/** A box by layer and place. */
export interface Spot {
  layer: string;
  box: number;
}

/** The spot that a key leads to, or `null` when it leads nowhere. */
export function spotAfter(
  key: string,
  from: Spot,
  { flow }: Pick<Scene, 'flow'>,
  columns: readonly Column[],
): Spot | null {
  const index = columns.findIndex((column) => column.layer.id === from.layer);
  const column = columns[index];
  if (!column) return null;
  const [next, previous, onward, back] =
    flow === 'right'
      ? ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft']
      : ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'];
  const along = (box: number): Spot | null =>
    box < 0 || box >= column.boxes ? null : { layer: from.layer, box };
  const across = (to: Column | undefined): Spot | null =>
    to ? { layer: to.layer.id, box: Math.min(from.box, to.boxes - 1) } : null;
  switch (key) {
    case next:
      return along(from.box + 1);
    case previous:
      return along(from.box - 1);
    case onward:
      return across(columns[index + 1]);
    case back:
      return across(columns[index - 1]);
    case 'Home':
      return along(0);
    case 'End':
      return along(column.boxes - 1);
    default:
      return null;
  }
}

/** The node that an arrow key leads to: the next of its kind, or the nearest of the same input; `null` when it leads nowhere. */
export function nodeAfter(key: string, from: SceneNode, nodes: readonly SceneNode[]): SceneNode | null {
  const across = nodes.filter((node) => node.input === from.input).sort((a, b) => a.x - b.x);
  const along = nodes.filter((node) => node.kind === from.kind).sort((a, b) => a.y - b.y);
  const next = (list: readonly SceneNode[], by: number) =>
    list[list.findIndex((node) => node.key === from.key) + by] ?? null;
  switch (key) {
    case 'ArrowDown':
      return next(along, 1);
    case 'ArrowUp':
      return next(along, -1);
    case 'ArrowRight':
      return next(across, 1);
    case 'ArrowLeft':
      return next(across, -1);
    default:
      return null;
  }
}
