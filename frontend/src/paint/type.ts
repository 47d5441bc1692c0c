/** Type on canvases: numbers in their places, and how wide a text is. */
import { surface } from './surface';
import type { Context } from './tile';

/** How a number is written. */
interface Writing {
  x: number;
  y: number;
  colour: string;
  size: number;
  font: string;
}

/** How browsers spell fonts that were set. */
const spelled = new Map<string, string>();
/** Most of these that are kept: one for each size of type. */
const SPELLED_MOST = 64;

/** Sets a font, unless it is set: on the page, whoever sets one makes the browser find out all styles first, which takes longer than writing. */
function setFont(context: Context, font: string): void {
  if (context.font === spelled.get(font)) return;
  context.font = font;
  if (spelled.size >= SPELLED_MOST) spelled.clear();
  spelled.set(font, context.font);
}

/** Writes a number around its middle. */
export function write(context: Context, text: string, { x, y, colour, size, font }: Writing): void {
  setFont(context, `${Math.floor(size * 2) / 2}px ${font}`);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  // Figures have no descenders: their middle is a little above that of the type.
  context.fillText(text, x, y + size * 0.06);
}

/** Type is measured at this size, in px: large enough for hinting not to matter. */
const MEASURED_PX = 100;
let measuring: Context | null = null;

/** Width of a text in type of 1 px, in CSS px. */
export function widthIn(font: string, text: string): number {
  measuring ??= surface(1, 1);
  if (!measuring) return 0;
  setFont(measuring, `${MEASURED_PX}px ${font}`);
  return measuring.measureText(text).width / MEASURED_PX;
}
