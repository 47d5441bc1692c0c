/** Paints what a scene stages, over its tiles: nodes, frames, and the veil over what the kernel has not reached yet. */
import type { Rect } from '../scene/geometry';
import type { SceneNode } from '../scene/node';
import type { Scene } from '../scene/scene';
import { css } from './colour';
import { DIGIT, LARGEST_PX, paintCells, write } from './cells';
import type { Frame, Look, Veil } from './look';
import { DIM, inLane, snapped } from './network';
import { inkOn, type Palette } from './palette';

/** What is painted over a scene. */
export interface StagePaint {
  scene: Scene;
  /** The part of the scene that the canvas covers. */
  area: Rect;
  /** Those of the scene's nodes that are painted. */
  nodes: readonly SceneNode[];
  palette: Palette;
  look: (node: SceneNode) => Look | null;
  /** By key of box or node. */
  frames: ReadonlyMap<string, readonly Frame[]>;
  veils: ReadonlyMap<string, Veil>;
  /** Keys of boxes and nodes that are lit. */
  marked: ReadonlySet<string>;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** The font family of numbers. */
  font: string;
  /** The smallest type that may be read here, in px: what has no room for it stays a colour. */
  least: number;
}

/** How much of what is not revealed yet is hidden. */
const VEIL = 0.86;

/** Paints nodes, veils and frames. */
export function paintStage(context: CanvasRenderingContext2D, paint: StagePaint): void {
  const { scene, palette, ratio, area } = paint;
  context.setTransform(ratio, 0, 0, ratio, -area.x * ratio, -area.y * ratio);
  context.clearRect(area.x, area.y, area.width, area.height);
  const lanes = new Map(scene.lanes.map((lane) => [lane.key, lane]));
  for (const node of paint.nodes) {
    inLane(context, node, lanes.get(node.lane), () => {
      paintNode(context, node, paint);
    });
  }
  context.globalAlpha = 1;
  if (paint.veils.size + paint.frames.size === 0) return;
  for (const thing of [...scene.boxes, ...scene.nodes]) {
    const veil = paint.veils.get(thing.key);
    const frames = paint.frames.get(thing.key);
    if (!veil && !frames) continue;
    inLane(context, thing, lanes.get(thing.lane), () => {
      const rect = snapped(thing, ratio);
      if (veil) paintVeil(context, rect, { veil, colour: palette.paper });
      for (const frame of frames ?? []) paintFrame(context, rect, { frame, palette });
    });
  }
}

function paintNode(context: CanvasRenderingContext2D, node: SceneNode, paint: StagePaint): void {
  const { palette, ratio } = paint;
  const look = paint.look(node);
  if (!look) return;
  const rect = snapped(node, ratio);
  const marked = paint.marked.has(node.key);
  context.globalAlpha = node.emphasis === 'dim' ? DIM : 1;
  context.strokeStyle = marked ? palette.edgeLit : palette.line;
  context.lineWidth = marked ? 2 : 1;
  if (look.type === 'disc' || look.type === 'chip') {
    paintLabel(context, rect, { look, paint });
    return;
  }
  if (look.type === 'matrix') paintCells(context, rect, { look, paint });
  if (look.type === 'map') {
    context.imageSmoothingEnabled = look.columns > rect.width * ratio || look.rows > rect.height * ratio;
    context.drawImage(look.image, rect.x, rect.y, rect.width, rect.height);
  }
  context.strokeRect(rect.x - 0.5, rect.y - 0.5, rect.width + 1, rect.height + 1);
}

type Label = Extract<Look, { type: 'disc' | 'chip' }>;

function paintLabel(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  { look, paint }: { look: Label; paint: StagePaint },
): void {
  const { palette } = paint;
  context.beginPath();
  if (look.type === 'disc')
    context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  else context.roundRect(x, y, width, height, 4);
  context.fillStyle = look.fill ? css(look.fill) : palette.surface;
  context.fill();
  context.stroke();
  const size = Math.min(LARGEST_PX, height * 0.62, width / (Math.max(look.text.length, 2) * DIGIT + 0.4));
  if (size < paint.least - 0.5) return;
  write(context, look.text, {
    x: x + width / 2,
    y: y + height / 2,
    colour: look.fill ? inkOn(palette, look.fill) : palette.ink,
    size: Math.max(size, paint.least),
    font: paint.font,
  });
}

function paintVeil(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  { veil, colour }: { veil: Veil; colour: string },
): void {
  const { shown, rows, columns } = veil;
  const [across, down] = [width / columns, height / rows];
  const row = Math.min(Math.floor(shown / columns), rows);
  const rest = shown - row * columns;
  if (row >= rows) return;
  context.globalAlpha = VEIL;
  context.fillStyle = colour;
  context.fillRect(x + rest * across, y + row * down, width - rest * across, down);
  context.fillRect(x, y + (row + 1) * down, width, height - (row + 1) * down);
  context.globalAlpha = 1;
}

/** Least side of a frame, in px: a single cell of a large map must still be found. */
const FRAME_LEAST_PX = 5;

function paintFrame(
  context: CanvasRenderingContext2D,
  rect: Rect,
  { frame, palette }: { frame: Frame; palette: Palette },
): void {
  const { cells, rows, columns, tone } = frame;
  const [across, down] = [rect.width / columns, rect.height / rows];
  const width = Math.max(cells.columns * across, FRAME_LEAST_PX);
  const height = Math.max(cells.rows * down, FRAME_LEAST_PX);
  const x = rect.x + (cells.column + cells.columns / 2) * across - width / 2;
  const y = rect.y + (cells.row + cells.rows / 2) * down - height / 2;
  context.strokeStyle = palette.windowHalo;
  context.lineWidth = 3.5;
  context.strokeRect(x, y, width, height);
  context.strokeStyle = tone === 'window' ? palette.window : palette.accent;
  context.lineWidth = 1.75;
  context.strokeRect(x, y, width, height);
}
