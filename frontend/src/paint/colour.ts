/** Colours as numbers: red, green and blue from 0 to 255. Not which colour stands for what: see `palette.ts`. */
import { interpolateLab, piecewise } from 'd3-interpolate';

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
  const mixed = piecewise(interpolateLab, stops.map(css));
  return (t) => parseColour(mixed(t));
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}
