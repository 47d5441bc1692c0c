/** Canvases that are on no page: to be painted once and copied from, or to measure type. */
import type { Context } from './tile';

/**
 * The context of a canvas of a size in device pixels; `null` where the browser gives none. One that is no element, where browsers have it: an
 * element makes the page find out all its styles whenever a font is set.
 */
export function surface(width: number, height: number): Context | null {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height).getContext('2d');
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  return canvas.getContext('2d');
}
