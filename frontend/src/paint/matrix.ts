/**
 * Paints one map large: its cells, their numbers or at least their signs where there is room, and the window of a step. What is not
 * computed yet is a ghost.
 */
import { atlasOf } from './atlas';
import { luminance } from './colour';
import { inkOn, type Palette } from './palette';
import { entry, fromEntry, type Scale } from './scale';

/** A rectangle of cells; may reach beyond the map, into the padding. */
export interface CellRect {
  row: number;
  column: number;
  rows: number;
  columns: number;
}

/** How numbers are written into cells. */
export interface CellNumbers {
  /** The font, as CSS. */
  font: string;
  text: (value: number) => string;
}

/** What is painted. */
export interface MatrixPaint {
  /** `[rows, columns]`. */
  values: Float32Array;
  rows: number;
  columns: number;
  scale: Scale;
  palette: Palette;
  /** Padding around the map: `[top, left, bottom, right]` cells. */
  padding: readonly [number, number, number, number];
  /** Cells that are framed. */
  window: CellRect | null;
  /** One cell of the window that is marked besides, such as the winner of a maximum. */
  winner: { row: number; column: number } | null;
  /** How many cells are computed, row by row; the others are ghosts. */
  computed: number;
  /** Nothing where the cells are too small for numbers. */
  numbers: CellNumbers | null;
  /** Side of a cell in CSS px. */
  cell: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

/** Side from which a cell carries its sign, in CSS px. */
const SIGN_PX = 9;
/** Entry of the colour table up to which a negative cell differs from zero and gets a sign. */
const SIGN_SHADE = 124;
/** How much is seen of what is not computed yet. */
const GHOST = 0.3;

/** Paints a map at the origin of the canvas. */
export function paintMatrix(context: CanvasRenderingContext2D, paint: MatrixPaint): void {
  const { rows, columns, cell, ratio, padding, palette } = paint;
  const [top, left, bottom, right] = padding;
  const width = (columns + left + right) * cell;
  const height = (rows + top + bottom) * cell;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(left * cell, top * cell);
  paintCells(context, paint);
  if (top + left + bottom + right > 0) {
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.strokeRect(0, 0, columns * cell, rows * cell);
  }
  if (paint.window) paintFrame(context, paint.window, { ...paint, line: 2, colour: palette.window });
  if (paint.winner) {
    const { row, column } = paint.winner;
    const one = { row, column, rows: 1, columns: 1 };
    paintFrame(context, one, { ...paint, line: Math.min(3, cell / 2), colour: palette.accent });
  }
  context.restore();
}

function paintCells(context: CanvasRenderingContext2D, paint: MatrixPaint): void {
  const { values, rows, columns, scale, cell, computed } = paint;
  const pixels = atlasOf({ units: 1, values }, scale, { width: columns, height: rows });
  if (!pixels) return;
  context.imageSmoothingEnabled = cell * paint.ratio < 1;
  const draw = () => {
    context.drawImage(pixels.image, 0, 0, columns * cell, rows * cell);
  };
  if (computed < rows * columns) {
    context.globalAlpha = GHOST;
    draw();
    context.globalAlpha = 1;
  }
  context.save();
  clipTo(context, computed, { columns, cell });
  draw();
  if (paint.numbers) paintNumbers(context, paint, paint.numbers);
  else if (cell >= SIGN_PX) paintSigns(context, paint);
  context.restore();
}

/** Lets nothing through but the first cells, row by row. */
function clipTo(
  context: CanvasRenderingContext2D,
  count: number,
  { columns, cell }: { columns: number; cell: number },
): void {
  const whole = Math.floor(count / columns);
  context.beginPath();
  context.rect(0, 0, columns * cell, whole * cell);
  context.rect(0, whole * cell, (count % columns) * cell, cell);
  context.clip();
}

function paintNumbers(
  context: CanvasRenderingContext2D,
  { values, columns, scale, cell, palette, computed }: MatrixPaint,
  { font, text }: CellNumbers,
): void {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  values.subarray(0, computed).forEach((value, i) => {
    context.fillStyle = inkOn(palette, fromEntry(scale.table, entry(scale, value)));
    context.fillText(text(value), ((i % columns) + 0.5) * cell, (Math.floor(i / columns) + 0.5) * cell);
  });
}

function paintSigns(
  context: CanvasRenderingContext2D,
  { values, columns, scale, cell, palette, computed }: MatrixPaint,
): void {
  values.subarray(0, computed).forEach((value, i) => {
    const shade = entry(scale, value);
    if (value >= 0 || shade > SIGN_SHADE) return;
    const pale = luminance(fromEntry(scale.table, shade)) > 0.18;
    const [r, g, b] = pale ? palette.onPale : palette.onDeep;
    context.fillStyle = `rgba(${r},${g},${b},0.55)`;
    context.fillRect(
      ((i % columns) + 0.3) * cell,
      (Math.floor(i / columns) + 0.5) * cell - 0.75,
      cell * 0.4,
      1.5,
    );
  });
}

/** A frame that is seen on any colour: a line with a halo. */
function paintFrame(
  context: CanvasRenderingContext2D,
  { row, column, rows, columns }: CellRect,
  { cell, palette, line, colour }: { cell: number; palette: Palette; line: number; colour: string },
): void {
  const rect = [column * cell, row * cell, columns * cell, rows * cell] as const;
  context.strokeStyle = palette.windowHalo;
  context.lineWidth = line + 2;
  context.strokeRect(...rect);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect(...rect);
}
