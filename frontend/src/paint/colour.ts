/** Colours as numbers: red, green and blue from 0 to 255. Not which colour stands for what: see `palette.ts`. */
import { labOf, linear, rgbOf } from './lab';

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb` or what the browser computes, `rgb(r, g, b)`. Throws `RangeError` for anything else. */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (hex) return [byte(hex[1], 16), byte(hex[2], 16), byte(hex[3], 16)];
  const rgb = /^rgba?\((\d+(?:\.\d+)?),? (\d+(?:\.\d+)?),? (\d+(?:\.\d+)?)/.exec(text.trim());
  if (rgb) return [byte(rgb[1], 10), byte(rgb[2], 10), byte(rgb[3], 10)];
  throw new RangeError(`not a colour: ${text}`);
}

function byte(digits: string | undefined, base: 10 | 16): number {
  return base === 16 ? Number.parseInt(digits ?? '', 16) : Math.round(Number(digits));
}

/** The colour as CSS. */
export function css([r, g, b]: Rgb): string {
  return `rgb(${r}, ${g}, ${b})`;
}

/** A path through colours, even to the eye (CIELAB); the argument goes from 0 to 1. */
export function ramp(stops: readonly Rgb[]): (t: number) => Rgb {
  const path = stops.map(labOf);
  const last = path.length - 2;
  return (t) => {
    const at = t * (path.length - 1);
    const i = Math.min(Math.max(Math.floor(at), 0), last);
    const [from = [0, 0, 0], to = from] = path.slice(i, i + 2);
    const mix = (k: 0 | 1 | 2): number => from[k] + (to[k] - from[k]) * (at - i);
    return rgbOf([mix(0), mix(1), mix(2)]);
  };
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}
