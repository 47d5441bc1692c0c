/**
 * The wide layout while a layer or unit is open: the columns move to the sides and stay as context, the space between them belongs to
 * the explanation, or to the layer's units in a grid.
 */
import { columns, type Column } from './column';
import { flanks } from './flank';
import type { Rect } from './geometry';
import { grid } from './grid';
import * as px from './measures';
import { focusLayer, focusUnit, unstaged, type Label, type Scene, type SceneInput } from './scene';
import { bandOf, type Placed } from './wide';

/** The scene while something is open. */
export function openScene(input: SceneInput): Scene {
  const { network, view, viewport } = input;
  const all = columns(network);
  const focus = all.find((column) => column.layer.id === focusLayer(network, view.focus));
  if (!focus) throw new RangeError(`the network has no layer for ${JSON.stringify(view.focus)}`);
  const asGrid = view.focus.kind === 'layer';

  const band = bandOf(input, all);
  const before = all.slice(0, focus.index);
  const after = all.slice(asGrid ? focus.index + 1 : focus.index);
  const sources = new Set(focus.layer.inputs);
  const openLeast = Math.min(Math.max(viewport.width * px.OPEN_SHARE, px.OPEN_MIN_PX), viewport.width * 0.8);
  const sides = flanks(input, band, {
    before,
    after,
    room: viewport.width - openLeast - 4 * px.MARGIN_PX,
    isNear: (column) => column === focus || sources.has(column.layer.id),
    // The sources and the layer itself: without them there is nothing to explain.
    kept: 2,
  });
  const left = Math.max(px.MARGIN_PX + sides.left, viewport.projector?.corner.width ?? 0);
  // The ways back and to the article stand above the grid: where they are touched they need more than a name does.
  const head = viewport.touch ? Math.max(band.top, px.TOUCH_PX + WAYS_AROUND_PX) : band.top;
  const open: Rect = {
    x: left,
    y: asGrid ? head : px.MARGIN_PX / 2,
    width: sides.right - px.MARGIN_PX - left,
    height: viewport.height - (asGrid ? head + px.MARGIN_PX : px.MARGIN_PX),
  };
  const { boxes, placed } = sides;
  const unit = focusUnit(view.focus);
  for (const box of boxes) {
    const own = box.layer === focus.layer.id;
    if (own && unit !== null && !holds(focus, box.box, unit)) box.emphasis = 'plain';
  }
  const over = asGrid ? { rect: open, layer: focus.layer.id } : null;
  const cells = asGrid ? grid(focus, { rect: open, scrolls: input.scrolls }) : null;
  return {
    layout: 'wide',
    width: viewport.width,
    height: viewport.height,
    boxes: [...boxes, ...(cells?.boxes ?? [])],
    lanes: [...sides.lanes, ...(cells ? [cells.lane] : [])],
    labels: labels(placed, { height: band.top, width: viewport.width, open }, over),
    legends: [],
    ...unstaged(),
    open,
    flow: 'right',
    bundles: false,
  };
}

/** Whether box `box` of a column shows a unit. */
export function holds(column: Column, box: number, unit: number): boolean {
  return Math.floor(unit / column.unitsPerBox) === box;
}

/** Space above and below the ways above a grid where they are touched, in px. */
const WAYS_AROUND_PX = 8;
/** Least width of a layer's name. */
const LABEL_MIN_PX = 76;

/** Where names may stand. */
interface Above {
  height: number;
  /** Of all of the scene. */
  width: number;
  /** The open place, which they do not reach into. */
  open: Rect | null;
}

/** The names of placed columns that are no mere context, and of what stands over all of the open place. */
export function labels(
  placed: readonly Placed[],
  { height, width: all, open }: Above,
  over: { rect: Rect; layer: string } | null,
): Label[] {
  const found: Label[] = placed
    .filter(({ emphasis }) => emphasis === 'strong')
    .map(({ column, x, width }) => {
      const middle = x + width / 2;
      const isBefore = open === null || middle < open.x;
      const left = isBefore ? 0 : open.x + open.width;
      const right = isBefore && open ? open.x : all;
      const half = Math.min(Math.max(width, LABEL_MIN_PX) / 2, middle - left, right - middle);
      const wide = 2 * half;
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
