/** Paints a value or a sign on a disc or a chip. On any canvas: of the page, or of a worker. */
import type { Rect } from '../scene/geometry';
import { DIGIT, LARGEST_PX } from './cells';
import { css } from './colour';
import type { Look } from './look';
import { DIM } from './network';
import { inkOn, type Palette } from './palette';
import type { Context } from './tile';
import { write } from './type';

/** A value or a sign. */
export type Label = Extract<Look, { type: 'disc' | 'chip' }>;

/** What a label is painted with. */
export interface LabelPaint {
  look: Label;
  palette: Pick<Palette, 'edgeLit' | 'ink' | 'line' | 'onDeep' | 'onPale' | 'surface'>;
  /** Whether it is lit, and whether it is mere context. */
  marked: boolean;
  dim: boolean;
  /** The font family of numbers. */
  font: string;
  /** The smallest type that may be read here, in px: what has no room for it stays a colour. */
  least: number;
}

/** Paints a label. */
export function paintLabel(context: Context, { x, y, width, height }: Rect, paint: LabelPaint): void {
  const { look, palette, marked } = paint;
  context.globalAlpha = paint.dim ? DIM : 1;
  context.strokeStyle = marked ? palette.edgeLit : palette.line;
  context.lineWidth = marked ? 2 : 1;
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
