/** Paints one tile: a map of an atlas, or a single value as a disc. On any canvas: of the page, or of a worker. */
import type { Rect } from '../scene/geometry';
import { placeIn, type Atlas } from './atlas';

/** A context of a canvas that is on the page, or of one that is not. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** What is painted, and where. */
export interface TileDrawing {
  /** Which of the atlas. */
  tile: number;
  rect: Rect;
  alpha: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** A single value is a neuron: a disc, where a map is a square. */
  round: boolean;
}

/** Paints a tile. */
export function drawTile(context: Context, atlas: Atlas, drawing: TileDrawing): void {
  const { rect, ratio } = drawing;
  const { x, y } = placeIn(atlas, drawing.tile);
  context.globalAlpha = drawing.alpha;
  // Cells are never blurred; where a tile has fewer pixels than the map has cells, cells are averaged instead of dropped.
  context.imageSmoothingEnabled = atlas.width > rect.width * ratio || atlas.height > rect.height * ratio;
  context.imageSmoothingQuality = 'medium';
  if (drawing.round) {
    context.save();
    disc(context, rect);
    context.clip();
  }
  context.drawImage(atlas.image, x, y, atlas.width, atlas.height, rect.x, rect.y, rect.width, rect.height);
  if (drawing.round) context.restore();
}

/** The outline of a disc. */
export function disc(context: Context, { x, y, width, height }: Rect): void {
  context.beginPath();
  context.arc(x + width / 2, y + height / 2, Math.min(width, height) / 2, 0, 2 * Math.PI);
}
