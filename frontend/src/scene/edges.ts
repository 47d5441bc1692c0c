/** Edges: which boxes in sight are connected, and where the ends are. Not how they are drawn. */
import { boxKey, type Column } from './column';
import type { Box, Edge, Lane, Scene } from './scene';

/** Above this many edges between two columns only every n-th source is drawn: nobody can tell more apart. */
const BUNDLE_LIMIT = 640;

/** Boxes by column, as far as they are in sight. */
function byLayer(scene: Scene): Map<string, Box[]> {
  const lanes = new Map(scene.lanes.map((lane) => [lane.key, lane]));
  const found = new Map<string, Box[]>();
  for (const box of scene.boxes) {
    const lane = lanes.get(box.lane);
    if (lane && !centred(box, lane)) continue;
    const list = found.get(box.layer);
    if (list) list.push(box);
    else found.set(box.layer, [box]);
  }
  return found;
}

/** Whether the middle of a box is in sight along its lane's axis. */
function centred(box: Box, lane: Lane): boolean {
  if (lane.axis === 'vertical') {
    const y = box.y + box.height / 2;
    return y >= lane.y && y <= lane.y + lane.height;
  }
  const x = box.x + box.width / 2;
  return x >= lane.x && x <= lane.x + lane.width;
}

/** All edges of the network between boxes in sight. */
export function allEdges(scene: Scene, columns: readonly Column[]): Edge[] {
  if (scene.flow === 'line') return [];
  const boxes = byLayer(scene);
  return columns.flatMap((column) => {
    const targets = boxes.get(column.layer.id) ?? [];
    return column.layer.inputs.flatMap((source) => {
      const sources = boxes.get(source) ?? [];
      const every = Math.max(Math.ceil((sources.length * targets.length) / BUNDLE_LIMIT), 1);
      return targets.flatMap((target) =>
        sources
          .filter(
            (box, i) => connected(column, target, box) && (column.wiring !== 'allToAll' || i % every === 0),
          )
          .map((box) => edge(box, target, scene.flow)),
      );
    });
  });
}

/** The edges that end in one box. */
export function edgesInto(scene: Scene, columns: readonly Column[], key: string): Edge[] {
  if (scene.flow === 'line') return [];
  const boxes = byLayer(scene);
  const target = scene.boxes.find((box) => box.key === key);
  const column = columns.find((each) => each.layer.id === target?.layer);
  if (!target || !column) return [];
  return column.layer.inputs.flatMap((source) =>
    (boxes.get(source) ?? [])
      .filter((box) => connected(column, target, box))
      .map((box) => edge(box, target, scene.flow)),
  );
}

/** Keys of the boxes that feed a box, in sight or not. */
export function sourcesOf(columns: readonly Column[], layer: string, box: number): string[] {
  const column = columns.find((each) => each.layer.id === layer);
  if (!column) return [];
  return column.layer.inputs.flatMap((id) => {
    const source = columns.find((each) => each.layer.id === id);
    if (!source) return [];
    if (column.wiring !== 'allToAll') return [boxKey(id, Math.min(box, source.boxes - 1))];
    const [from, to] = sourceRange(column, source.boxes, box);
    return Array.from({ length: to - from }, (_, i) => boxKey(id, from + i));
  });
}

/** The units of the layer before that a unit of a convolution reads: all, or those of its group. */
export function sourceRange(column: Column, sources: number, unit: number): [number, number] {
  const { op, shape } = column.layer;
  if (op.type !== 'conv' || op.groups <= 1) return [0, sources];
  const each = sources / op.groups;
  const group = Math.floor(unit / ((shape[0] ?? 1) / op.groups));
  return [group * each, (group + 1) * each];
}

function connected(column: Column, target: Box, source: Box): boolean {
  if (column.wiring === 'none') return false;
  if (column.wiring !== 'allToAll') return target.box === source.box;
  const op = column.layer.op;
  if (op.type !== 'conv' || op.groups <= 1) return true;
  const inputs = (column.layer.weights[0]?.[1] ?? 1) * op.groups;
  const [from, to] = sourceRange(column, inputs, target.unit);
  return source.unit >= from && source.unit < to;
}

function edge(from: Box, to: Box, flow: Scene['flow']): Edge {
  const ends =
    flow === 'right'
      ? {
          x1: from.x + from.width,
          y1: from.y + from.height / 2,
          x2: to.x,
          y2: to.y + to.height / 2,
        }
      : {
          x1: from.x + from.width / 2,
          y1: from.y + from.height,
          x2: to.x + to.width / 2,
          y2: to.y,
        };
  return { from: from.key, to: to.key, ...ends };
}
