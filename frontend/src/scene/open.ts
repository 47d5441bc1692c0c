/**
 * The wide layout while a layer or unit is open: the columns move to the sides and stay as context, the space between them belongs to
 * the explanation, or to the layer's units in a grid.
 */
import { columns, type Column } from './column';
import type { Rect } from './geometry';
import { grid } from './grid';
import * as px from './measures';
import { focusLayer, focusUnit, type Label, type Scene, type SceneInput } from './scene';
import { bandOf, fill, widthOf, type Placed } from './wide';

/** The scene while something is open. */
export function openScene(input: SceneInput): Scene {
  const { network, view, viewport } = input;
  const all = columns(network);
  const focus = all.find((column) => column.layer.id === focusLayer(network, view.focus));
  if (!focus) throw new RangeError(`the network has no layer for ${JSON.stringify(view.focus)}`);
  const asGrid = view.focus.kind === 'layer';

  const band = bandOf(input, all);
  const near = Math.min(band.tile, px.NEAR_TILE_PX);
  const before = all.slice(0, focus.index);
  const after = all.slice(asGrid ? focus.index + 1 : focus.index);
  const sources = new Set(focus.layer.inputs);
  const isNear = (column: Column) => column === focus || sources.has(column.layer.id);

  const openLeast = Math.min(Math.max(viewport.width * px.OPEN_SHARE, px.OPEN_MIN_PX), viewport.width * 0.8);
  const room = viewport.width - openLeast - 4 * px.MARGIN_PX;
  const gap = viewport.touch ? px.TOUCH_PX - px.CONTEXT_TILE_PX.min : px.CONTEXT_GAP_PX;
  const sizes = (tile: number) => (column: Column) => sideWidth(column, isNear(column) ? near : tile);
  const least = (column: Column) => sizes(px.CONTEXT_TILE_PX.min)(column) + gap;
  const shown = nearest({ before, after, room, least });
  const dims = shown.filter((column) => !isNear(column)).length;
  const spare = room - shown.reduce((sum, column) => sum + least(column), 0);
  const tile = Math.min(
    px.CONTEXT_TILE_PX.min + Math.max(spare, 0) / Math.max(dims, 1),
    px.CONTEXT_TILE_PX.max,
    band.tile,
  );
  const size = sizes(Math.floor(tile));

  const left = before.filter((column) => shown.includes(column));
  const right = after.filter((column) => shown.includes(column));
  const place = (list: readonly Column[], start: number): Placed[] => {
    let x = start;
    return list.map((column) => {
      const at: Placed = { column, x, width: size(column), emphasis: isNear(column) ? 'strong' : 'dim' };
      x += at.width + gap;
      return at;
    });
  };
  const total = (list: readonly Column[]) => list.reduce((sum, column) => sum + size(column) + gap, -gap);
  const leftPlaced = place(left, px.MARGIN_PX);
  const rightPlaced = place(right, viewport.width - px.MARGIN_PX - Math.max(total(right), 0));
  const corner = viewport.projector?.corner ?? { width: 0, height: 0 };
  const open: Rect = {
    x: Math.max(2 * px.MARGIN_PX + Math.max(total(left), 0), corner.width),
    y: asGrid ? band.top : px.MARGIN_PX / 2,
    width: 0,
    height: viewport.height - (asGrid ? band.top + px.MARGIN_PX : px.MARGIN_PX),
  };
  open.width = viewport.width - open.x - 2 * px.MARGIN_PX - Math.max(total(right), 0);

  const placed = [...leftPlaced, ...rightPlaced];
  const above = { ...band, height: band.height - corner.height };
  const context = [fill(leftPlaced, above), fill(rightPlaced, band)];
  const boxes = context.flatMap((side) => side.boxes);
  const unit = focusUnit(view.focus);
  for (const box of boxes) {
    const own = box.layer === focus.layer.id;
    if (own && unit !== null && !holds(focus, box.box, unit)) box.emphasis = 'plain';
  }
  const cells = asGrid ? grid(focus, { rect: open, scrolls: input.scrolls }) : null;
  return {
    layout: 'wide',
    width: viewport.width,
    height: viewport.height,
    boxes: [...boxes, ...(cells?.boxes ?? [])],
    lanes: [...context.flatMap((side) => side.lanes), ...(cells ? [cells.lane] : [])],
    labels: labels(placed, band.top, cells ? { rect: open, layer: focus.layer.id } : null),
    legends: [],
    open,
    flow: 'right',
    bundles: false,
  };
}

function sideWidth(column: Column, tile: number): number {
  return column.kind === 'class' ? px.CLASS_NARROW_PX : widthOf(column, tile);
}

/** Whether box `box` of a column shows a unit. */
export function holds(column: Column, box: number, unit: number): boolean {
  return Math.floor(unit / column.unitsPerBox) === box;
}

/** As many columns as have room, the nearest to the open place first. */
function nearest(sides: {
  before: readonly Column[];
  after: readonly Column[];
  room: number;
  least: (column: Column) => number;
}): Column[] {
  const kept: Column[] = [];
  let room = sides.room;
  const queue = interleave([...sides.before].reverse(), sides.after);
  for (const column of queue) {
    room -= sides.least(column);
    // The sources and the layer itself are always shown: without them there is nothing to explain.
    if (room < 0 && kept.length >= 2) break;
    kept.push(column);
  }
  return kept;
}

function interleave<T>(a: readonly T[], b: readonly T[]): T[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [
    ...a.slice(i, i + 1),
    ...b.slice(i, i + 1),
  ]).flat();
}

/** Least width of a layer's name. */
const LABEL_MIN_PX = 76;

function labels(
  placed: readonly Placed[],
  height: number,
  over: { rect: Rect; layer: string } | null,
): Label[] {
  const found: Label[] = placed
    .filter(({ emphasis }) => emphasis === 'strong')
    .map(({ column, x, width }) => {
      const middle = x + width / 2;
      const wide = Math.min(Math.max(width, LABEL_MIN_PX), 2 * middle);
      return {
        layer: column.layer.id,
        x: middle - wide / 2,
        y: 0,
        width: wide,
        height,
        emphasis: 'strong',
      };
    });
  if (over)
    found.push({
      layer: over.layer,
      x: over.rect.x,
      y: 0,
      width: over.rect.width,
      height,
      emphasis: 'strong',
    });
  return found;
}
