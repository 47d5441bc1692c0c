/**
 * The flanks of a wide scene: the columns that stay as context to the left and to the right of what is open, as many as have room, the
 * nearest first.
 */
import type { Column } from './column';
import * as px from './measures';
import type { Box, Lane, SceneInput } from './scene';
import { fill, widthOf, type Band, type Placed } from './wide';

/** What the flanks are made of. */
export interface Sides {
  /** From left to right. */
  before: readonly Column[];
  after: readonly Column[];
  /** Width for both sides together, with the gaps between their columns, in px. */
  room: number;
  /** Columns that are no mere context: as large as the band allows, up to `px.NEAR_TILE_PX`. */
  isNear: (column: Column) => boolean;
  /** Columns that are shown in any case. */
  kept: number;
}

/** The flanks with their boxes. */
export interface Flanks {
  boxes: Box[];
  lanes: Lane[];
  placed: Placed[];
  /** Where the left flank ends and the right one begins, in px. */
  left: number;
  right: number;
}

/** Places the flanks. */
export function flanks({ viewport }: SceneInput, band: Band, sides: Sides): Flanks {
  const { before, after, room, isNear } = sides;
  const near = Math.min(band.tile, px.NEAR_TILE_PX);
  const gap = viewport.touch ? px.TOUCH_PX - px.CONTEXT_TILE_PX.min : px.CONTEXT_GAP_PX;
  const sizes = (tile: number) => (column: Column) => sideWidth(column, isNear(column) ? near : tile);
  const least = (column: Column) => sizes(px.CONTEXT_TILE_PX.min)(column) + gap;
  const shown = nearest(sides, least);
  const dims = shown.filter((column) => !isNear(column)).length;
  const spare = room - shown.reduce((sum, column) => sum + least(column), 0);
  const tile = Math.min(
    px.CONTEXT_TILE_PX.min + Math.max(spare, 0) / Math.max(dims, 1),
    px.CONTEXT_TILE_PX.max,
    band.tile,
  );
  const size = sizes(Math.floor(tile));
  const place = (list: readonly Column[], start: number): Placed[] => {
    let x = start;
    return list.map((column) => {
      const at: Placed = { column, x, width: size(column), emphasis: isNear(column) ? 'strong' : 'dim' };
      x += at.width + gap;
      return at;
    });
  };
  const total = (list: readonly Column[]) =>
    Math.max(
      list.reduce((sum, column) => sum + size(column) + gap, -gap),
      0,
    );
  const [first, last] = [before, after].map((side) => side.filter((column) => shown.includes(column)));
  const right = viewport.width - px.MARGIN_PX - total(last ?? []);
  const leftPlaced = place(first ?? [], px.MARGIN_PX);
  const rightPlaced = place(last ?? [], right);
  const above = { ...band, height: band.height - (viewport.projector?.corner.height ?? 0) };
  const filled = [fill(leftPlaced, above), fill(rightPlaced, band)];
  return {
    boxes: filled.flatMap((side) => side.boxes),
    lanes: filled.flatMap((side) => side.lanes),
    placed: [...leftPlaced, ...rightPlaced],
    left: px.MARGIN_PX + total(first ?? []),
    right,
  };
}

function sideWidth(column: Column, tile: number): number {
  return column.kind === 'class' ? px.CLASS_NARROW_PX : widthOf(column, tile);
}

/** As many columns as have room, the nearest to the open place first. */
function nearest(sides: Sides, least: (column: Column) => number): Column[] {
  const kept: Column[] = [];
  let room = sides.room;
  for (const column of interleave([...sides.before].reverse(), sides.after)) {
    room -= least(column);
    if (room < 0 && kept.length >= sides.kept) break;
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
