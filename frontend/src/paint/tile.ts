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

/** The part of a scene that a canvas covers, in px, and its device pixels per CSS pixel. */
export interface Cover {
  area: Rect;
  ratio: number;
}

/** Makes a canvas as large as what it covers, empty, and ready to be painted in px of the scene. */
export function cover(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  context: Context,
  { area, ratio }: Cover,
): void {
  const [width, height] = [Math.round(area.width * ratio), Math.round(area.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, -area.x * ratio, -area.y * ratio);
  context.clearRect(area.x, area.y, area.width, area.height);
}
