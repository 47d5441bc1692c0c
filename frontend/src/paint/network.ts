/** Paints a scene: edges below, tiles above. Text, bars and focus belong to the elements over the canvas. */
import type { Rect } from '../scene/geometry';
import type { Box, Edge, Lane, Scene } from '../scene/scene';
import type { Atlas } from './atlas';
import type { Palette } from './palette';
import { disc, drawTile, type Context } from './tile';

/** What a scene is painted with. */
export interface NetworkPaint {
  scene: Scene;
  palette: Palette;
  /** Pixels of a layer's boxes, in the form that suits a box. */
  atlas: (box: Box) => Atlas | null;
  edges: readonly Edge[];
  lit: readonly Edge[];
  /** Keys of boxes that are lit. */
  marked: ReadonlySet<string>;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

/** Width of the line that shows how far a lane is scrolled, in px. */
const THUMB_PX = 2;
/** How much of a dimmed box remains. */
export const DIM = 0.5;

/** Paints all of a scene. */
export function paintNetwork(context: CanvasRenderingContext2D, paint: NetworkPaint): void {
  const { scene, palette, ratio } = paint;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, scene.width, scene.height);
  paintEdges(context, paint.edges, { colour: palette.edge, width: 0.8, flow: scene.flow });
  const lanes = new Map(scene.lanes.map((lane) => [lane.key, lane]));
  for (const box of scene.boxes) {
    if (box.kind === 'class') continue;
    inLane(context, box, lanes.get(box.lane), () => {
      paintBox(context, box, paint);
    });
  }
  for (const lane of scene.lanes) paintThumb(context, lane, palette.line);
  paintEdges(context, paint.lit, { colour: palette.edgeLit, width: 1.4, flow: scene.flow });
  context.globalAlpha = 1;
}

/** Paints curved edges with one stroke. */
export function paintEdges(
  context: CanvasRenderingContext2D,
  edges: readonly Edge[],
  { colour, width, flow }: { colour: string; width: number; flow: Scene['flow'] },
): void {
  if (edges.length === 0) return;
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const { x1, y1, x2, y2 } of edges) {
    context.moveTo(x1, y1);
    if (flow === 'right') {
      const middle = (x1 + x2) / 2;
      context.bezierCurveTo(middle, y1, middle, y2, x2, y2);
    } else {
      const middle = (y1 + y2) / 2;
      context.bezierCurveTo(x1, middle, x2, middle, x2, y2);
    }
  }
  context.stroke();
}

/** Shows which part of a scrolling lane is in sight, as a thin line beside it. */
function paintThumb(context: CanvasRenderingContext2D, lane: Lane, colour: string): void {
  const vertical = lane.axis === 'vertical';
  const length = vertical ? lane.height : lane.width;
  if (lane.content <= length + 1) return;
  const from = (lane.scroll / lane.content) * length;
  const size = (length / lane.content) * length;
  context.globalAlpha = 1;
  context.fillStyle = colour;
  if (vertical) context.fillRect(lane.x + lane.width + 3, lane.y + from, THUMB_PX, size);
  else context.fillRect(lane.x + from, lane.y + lane.height + 2, size, THUMB_PX);
}

function paintBox(context: CanvasRenderingContext2D, box: Box, paint: NetworkPaint): void {
  const { palette, ratio } = paint;
  const alpha = box.emphasis === 'dim' ? DIM : 1;
  const rect = snapped(box, ratio);
  const atlas = paint.atlas(box);
  if (atlas) drawTile(context, atlas, { tile: box.box, rect, alpha, ratio, round: box.kind === 'value' });
  context.globalAlpha = alpha;
  const marked = paint.marked.has(box.key);
  context.strokeStyle = marked ? palette.edgeLit : palette.line;
  context.lineWidth = marked ? 2 : 0.6;
  if (box.kind === 'value') {
    disc(context, rect);
    context.stroke();
    return;
  }
  if (marked || box.kind !== 'strip')
    context.strokeRect(rect.x - 0.5, rect.y - 0.5, rect.width + 1, rect.height + 1);
}

/** Paints something that its lane clips where it reaches out of it. */
export function inLane(context: Context, rect: Rect, lane: Lane | undefined, paint: () => void): void {
  const clipped = lane && reachesOut(rect, lane);
  if (clipped) {
    context.save();
    context.beginPath();
    context.rect(lane.x - 4, lane.y, lane.width + 8, lane.height);
    context.clip();
  }
  paint();
  if (clipped) context.restore();
}

/** A rectangle with its sides on device pixels, so that cells have sharp borders. */
export function snapped({ x, y, width, height }: Rect, ratio: number): Rect {
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  return { x: snap(x), y: snap(y), width: snap(width), height: snap(height) };
}

function reachesOut(box: Rect, lane: Lane): boolean {
  return lane.axis === 'vertical'
    ? box.y < lane.y || box.y + box.height > lane.y + lane.height
    : box.x < lane.x || box.x + box.width > lane.x + lane.width;
}
