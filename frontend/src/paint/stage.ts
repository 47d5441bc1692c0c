/** Paints what a scene stages, over its tiles: nodes, frames, and the veil over what the kernel has not reached yet. */
import type { MovingNode, MovingScene } from '../scene/between';
import { curve } from '../scene/flow';
import type { Rect } from '../scene/geometry';
import type { Lane } from '../scene/scene';
import { css } from './colour';
import { DIGIT, LARGEST_PX, paintCells, write } from './cells';
import type { Frame, Look, Veil } from './look';
import { DIM, inLane, snapped } from './network';
import { inkOn, type Palette } from './palette';

/** What nodes are painted with. */
export interface StagePaint {
  scene: MovingScene;
  palette: Palette;
  look: (node: MovingNode) => Look | null;
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
  /** Whether everything moves: then numbers are not written anew for every frame. */
  moving: boolean;
}

/** How much of what is not revealed yet is hidden. */
const VEIL = 0.86;

/** Paints nodes, veils and frames. */
export function paintStage(context: CanvasRenderingContext2D, paint: StagePaint): void {
  const { scene, palette, ratio } = paint;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, scene.width, scene.height);
  const lanes = new Map(scene.lanes.map((lane) => [lane.key, lane]));
  for (const node of scene.nodes) {
    inLane(context, node, lanes.get(node.lane), () => {
      paintNode(context, node, paint);
    });
  }
  for (const thing of [...scene.boxes, ...scene.nodes]) {
    const veil = paint.veils.get(thing.key);
    const frames = paint.frames.get(thing.key);
    if (!veil && !frames) continue;
    inLane(context, thing, lanes.get(thing.lane), () => {
      const rect = snapped(thing, ratio);
      if (veil) paintVeil(context, rect, { veil, colour: palette.paper, alpha: thing.opacity });
      context.globalAlpha = thing.opacity;
      for (const frame of frames ?? []) paintFrame(context, rect, { frame, palette });
    });
  }
  context.globalAlpha = 1;
}

function paintNode(context: CanvasRenderingContext2D, node: MovingNode, paint: StagePaint): void {
  const { palette, ratio } = paint;
  const look = paint.look(node);
  if (!look) return;
  const rect = snapped(node, ratio);
  const marked = paint.marked.has(node.key);
  context.globalAlpha = node.opacity * (node.emphasis === 'dim' ? DIM : 1);
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
  { veil, colour, alpha }: { veil: Veil; colour: string; alpha: number },
): void {
  const { shown, rows, columns } = veil;
  const [across, down] = [width / columns, height / rows];
  const row = Math.min(Math.floor(shown / columns), rows);
  const rest = shown - row * columns;
  context.globalAlpha = alpha * VEIL;
  context.fillStyle = colour;
  if (row >= rows) return;
  context.fillRect(x + rest * across, y + row * down, width - rest * across, down);
  context.fillRect(x, y + (row + 1) * down, width, height - (row + 1) * down);
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

/** What flows are painted with. */
export interface FlowPaint {
  scene: MovingScene;
  palette: Palette;
  /** How far the dashes have moved, in px. */
  shift: number;
  /** Keys of boxes and nodes whose flows are lit. */
  marked: ReadonlySet<string>;
  ratio: number;
}

/** Length of a dash and of the space after it, in px. */
export const DASH_PX = [5, 4] as const;

/** Paints dashed flows. */
export function paintFlows(context: CanvasRenderingContext2D, paint: FlowPaint): void {
  const { scene, palette, ratio, shift, marked } = paint;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, scene.width, scene.height);
  if (scene.flows.length === 0) return;
  const lanes = new Map<string, Lane>(scene.lanes.map((lane) => [lane.key, lane]));
  const ends = new Map([...scene.boxes, ...scene.nodes].map((each) => [each.key, each]));
  context.setLineDash([...DASH_PX]);
  context.lineDashOffset = -shift;
  for (const flow of scene.flows) {
    const [from, to] = [ends.get(flow.from), ends.get(flow.to)];
    if (!from || !to || hidden(from, lanes.get(from.lane)) || hidden(to, lanes.get(to.lane))) continue;
    const lit = flow.emphasis === 'strong' || marked.has(flow.from);
    context.globalAlpha = flow.opacity * Math.min(from.opacity, to.opacity);
    context.strokeStyle = lit ? palette.edgeLit : palette.line;
    context.lineWidth = lit ? 1.8 : 1.2;
    const [x1, y1, x2, y2, x3, y3, x4, y4] = curve(from, to, flow.bend);
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(x2, y2, x3, y3, x4, y4);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Whether the middle of something is scrolled out of its lane. */
function hidden(rect: Rect, lane: Lane | undefined): boolean {
  if (!lane) return false;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  return x < lane.x || x > lane.x + lane.width || y < lane.y || y > lane.y + lane.height;
}
