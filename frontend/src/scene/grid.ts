/** A grid: all units of one layer, as large as the place allows, scrolling downwards when they are many. */
import { boxKey, type Column } from './column';
import { clamp, type Rect } from './geometry';
import type { Box, Lane, Scrolls } from './scene';

/** Height of the caption below a tile, in px. */
const CAPTION_PX = 36;
/** Space between two cells, in px. */
const GAP_PX = 12;
/** Sides of a tile, in px: the least is a comfortable target, more than the greatest shows nothing more. */
const TILE_PX = { min: 72, max: 220 };
/** Size of a class, in px. */
const CLASS_PX = { width: 200, height: 44 };
/** Room for the ring of a focused tile, in px. */
const RING_PX = 5;

interface Place {
  rect: Rect;
  scrolls: Scrolls;
}

/** The boxes of a layer in a grid and the lane they scroll in. */
export function grid(column: Column, { rect, scrolls }: Place): { boxes: Box[]; lane: Lane } {
  const area = { ...rect, x: rect.x + RING_PX, width: Math.max(rect.width - 2 * RING_PX, TILE_PX.min) };
  const cell = cellSize(column, area);
  const across = Math.max(Math.floor((area.width + GAP_PX) / (cell.width + GAP_PX)), 1);
  const rows = Math.ceil(column.boxes / across);
  const pitch = cell.height + cell.caption + GAP_PX;
  const content = Math.max(rows * pitch, area.height);
  const group = `grid ${column.layer.id}`;
  const scroll = clamp(scrolls.get(group) ?? 0, 0, content - area.height);
  const lane: Lane = { key: group, group, axis: 'vertical', ...rect, content, scroll, pitch };

  const used = Math.min(across, column.boxes) * (cell.width + GAP_PX) - GAP_PX;
  const left = area.x + Math.max((area.width - used) / 2, 0);
  const first = Math.floor(scroll / pitch) * across;
  const end = Math.min(Math.ceil((scroll + area.height) / pitch) * across, column.boxes);
  const boxes = Array.from({ length: Math.max(end - first, 0) }, (_, i): Box => {
    const box = first + i;
    return {
      key: boxKey(column.layer.id, box),
      layer: column.layer.id,
      box,
      unit: box * column.unitsPerBox,
      kind: column.kind,
      lane: group,
      emphasis: 'strong',
      x: left + (box % across) * (cell.width + GAP_PX),
      y: area.y + Math.floor(box / across) * pitch - scroll + RING_PX,
      width: cell.width,
      height: cell.height,
    };
  });
  return { boxes, lane };
}

/** The largest cell with which all boxes fit, or the smallest one. */
function cellSize(column: Column, area: Rect): { width: number; height: number; caption: number } {
  if (column.kind === 'class')
    return { ...CLASS_PX, width: Math.min(CLASS_PX.width, area.width), caption: 0 };
  for (let tile = Math.min(TILE_PX.max, area.width); tile > TILE_PX.min; tile -= 2) {
    const across = Math.floor((area.width + GAP_PX) / (tile + GAP_PX));
    const rows = Math.ceil(column.boxes / Math.max(across, 1));
    if (rows * (tile + CAPTION_PX + GAP_PX) + RING_PX <= area.height)
      return { width: tile, height: tile, caption: CAPTION_PX };
  }
  return { width: TILE_PX.min, height: TILE_PX.min, caption: CAPTION_PX };
}
