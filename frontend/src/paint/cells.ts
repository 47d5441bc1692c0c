/** Paints a small matrix with its numbers. What was painted once is kept: a kernel stays the same from step to step and from frame to frame. */
import type { Rect } from '../scene/geometry';
import { css } from './colour';
import type { Look } from './look';
import { inkOn, type Palette } from './palette';
import { colourOf } from './scale';
import { surface } from './surface';
import type { Context } from './tile';
import { write } from './type';

/** What a matrix is painted with. */
export interface CellsPaint {
  palette: Palette;
  /** Device pixels per CSS pixel. */
  ratio: number;
  font: string;
  /** The smallest type that may be read here, in px. */
  least: number;
}

/** Largest type in a cell, in px. */
export const LARGEST_PX = 22;
/** Width of a digit beside the height of its type. */
export const DIGIT = 0.6;
/** Space between two cells, in px. */
const CELL_GAP_PX = 1;

type Matrix = Extract<Look, { type: 'matrix' }>;

/** A painted matrix, and what it was painted for. */
interface Kept {
  image: CanvasImageSource;
  key: string;
  look: Matrix;
  palette: Palette;
}

const kept = new WeakMap<Float32Array, Kept>();

/** Paints a matrix. */
export function paintCells(
  context: CanvasRenderingContext2D,
  rect: Rect,
  { look, paint }: { look: Matrix; paint: CellsPaint },
): void {
  const image = finished(rect, look, paint);
  if (!image) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(image, rect.x, rect.y, rect.width, rect.height);
}

function finished({ width, height }: Rect, look: Matrix, paint: CellsPaint): CanvasImageSource | null {
  const key = [width, height, paint.ratio, paint.font, paint.least].join(' ');
  const before = kept.get(look.values);
  const same = before?.key === key && before.palette === paint.palette && before.look.scale === look.scale;
  if (same) return before.image;
  const context = surface(
    Math.max(Math.round(width * paint.ratio), 1),
    Math.max(Math.round(height * paint.ratio), 1),
  );
  if (!context) return null;
  context.setTransform(paint.ratio, 0, 0, paint.ratio, 0, 0);
  paintNumbers(context, { width, height }, { look, paint });
  const image = context.canvas;
  kept.set(look.values, { image, key, look, palette: paint.palette });
  return image;
}

function paintNumbers(
  context: Context,
  { width, height }: { width: number; height: number },
  { look, paint }: { look: Matrix; paint: CellsPaint },
): void {
  const { values, rows, columns, scale } = look;
  const [across, down] = [width / columns, height / rows];
  const texts = Array.from(values, look.text);
  const size = numberSize({ across, down, longest: Math.max(...texts.map((text) => text.length)) });
  for (let i = 0; i < rows * columns; i += 1) {
    const [left, top] = [(i % columns) * across, Math.floor(i / columns) * down];
    const colour = colourOf(scale, values[i] ?? 0);
    context.fillStyle = css(colour);
    context.fillRect(left, top, across - CELL_GAP_PX, down - CELL_GAP_PX);
    if (size < paint.least) continue;
    write(context, texts[i] ?? '', {
      x: left + across / 2,
      y: top + down / 2,
      colour: inkOn(paint.palette, colour),
      size,
      font: paint.font,
    });
  }
}

/** The size of the numbers in cells of a size, in px. */
export function numberSize(cell: { across: number; down: number; longest: number }): number {
  return Math.min(
    Math.floor(Math.min(cell.down * 0.82, cell.across / (cell.longest * DIGIT + 0.3))),
    LARGEST_PX,
  );
}
