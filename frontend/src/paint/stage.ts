/** Paints kernels and intermediate maps, over the tiles of a scene. Values, and what changes with every step, is `steps.ts`. */
import type { Rect } from '../scene/geometry';
import type { SceneNode } from '../scene/node';
import type { Scene } from '../scene/scene';
import { paintCells } from './cells';
import type { Look } from './look';
import { DIM, inLane, snapped } from './network';
import type { Palette } from './palette';

/** What is painted over a scene. */
export interface StagePaint {
  scene: Scene;
  /** The part of the scene that the canvas covers. */
  area: Rect;
  /** Those of the scene's nodes that are painted. */
  nodes: readonly SceneNode[];
  palette: Palette;
  look: (node: SceneNode) => Look | null;
  /** Keys of nodes that are lit. */
  marked: ReadonlySet<string>;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** The font family of numbers. */
  font: string;
  /** The smallest type that may be read here, in px: what has no room for it stays a colour. */
  least: number;
}

/** Paints nodes. */
export function paintStage(context: CanvasRenderingContext2D, paint: StagePaint): void {
  const { scene, ratio, area } = paint;
  context.setTransform(ratio, 0, 0, ratio, -area.x * ratio, -area.y * ratio);
  context.clearRect(area.x, area.y, area.width, area.height);
  const lanes = new Map(scene.lanes.map((lane) => [lane.key, lane]));
  for (const node of paint.nodes) {
    inLane(context, node, lanes.get(node.lane), () => {
      paintNode(context, node, paint);
    });
  }
  context.globalAlpha = 1;
}

function paintNode(context: CanvasRenderingContext2D, node: SceneNode, paint: StagePaint): void {
  const { palette, ratio } = paint;
  const look = paint.look(node);
  if (!look) return;
  const rect = snapped(node, ratio);
  const marked = paint.marked.has(node.key);
  context.globalAlpha = node.emphasis === 'dim' ? DIM : 1;
  if (look.type === 'matrix') paintCells(context, rect, { look, paint });
  if (look.type === 'map') {
    context.imageSmoothingEnabled = look.columns > rect.width * ratio || look.rows > rect.height * ratio;
    context.drawImage(look.image, rect.x, rect.y, rect.width, rect.height);
  }
  context.strokeStyle = marked ? palette.edgeLit : palette.line;
  context.lineWidth = marked ? 2 : 1;
  context.strokeRect(rect.x - 0.5, rect.y - 0.5, rect.width + 1, rect.height + 1);
}
