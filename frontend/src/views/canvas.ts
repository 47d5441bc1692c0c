/** A canvas as large as a scene or a part of it, as sharp as the screen and the memory of phones allow. Not what is painted on it. */
import type { Rect } from '../scene/geometry';

/** Most pixels of a canvas: what phones still allow, with memory left for the rest. */
const CANVAS_PIXELS = 14_000_000;

/** Device pixels per CSS pixel of a canvas of a size: those of the screen, as far as memory allows. */
export function ratioFor({ width, height }: Pick<Rect, 'width' | 'height'>, asked = 1): number {
  return Math.min(asked, Math.sqrt(CANVAS_PIXELS / (width * height)));
}

/** Sizes a canvas for what it shows; returns its context and its device pixels per CSS pixel. */
export function contextOf(
  canvas: HTMLCanvasElement | undefined,
  size: Pick<Rect, 'width' | 'height'>,
  asked = 1,
): { context: CanvasRenderingContext2D; ratio: number } | null {
  if (!canvas) return null;
  const ratio = ratioFor(size, asked);
  const [across, down] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext('2d');
  return context && { context, ratio };
}
