/**
 * CIELAB (CIE 1976, white point D65) of sRGB colours and back (IEC 61966-2-1): where ways of equal length look equally long. Of its own because
 * a library's mixing in this space, with all the names of colours that it reads, would be a thirtieth of what a student loads.
 */
import type { Rgb } from './colour';

/** L* (0 to 100), a* and b*. */
export type Lab = readonly [number, number, number];

/** D65 in XYZ, of luminance 1. */
const WHITE = { x: 0.95047, z: 1.08883 };
/** Where the cube root gives way to a line, and the slope of that line. */
const EDGE = 216 / 24_389;
const SLOPE = 24_389 / 27;

/** Linear light of a channel: 0 to 255 in, 0 to 1 out. */
export function linear(channel: number): number {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** The colour of linear light, each of red, green and blue 0 to 1. */
export function labOfLight(r: number, g: number, b: number): Lab {
  const f = (t: number) => (t > EDGE ? Math.cbrt(t) : (SLOPE * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / WHITE.x);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / WHITE.z);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export function labOf([r, g, b]: Rgb): Lab {
  return labOfLight(linear(r), linear(g), linear(b));
}

/** The nearest colour that screens have. */
export function rgbOf([lightness, a, b]: Lab): Rgb {
  const back = (t: number) => (t ** 3 > EDGE ? t ** 3 : (116 * t - 16) / SLOPE);
  const middle = (lightness + 16) / 116;
  const x = back(middle + a / 500) * WHITE.x;
  const y = back(middle);
  const z = back(middle - b / 200) * WHITE.z;
  return [
    channelOf(3.2406 * x - 1.5372 * y - 0.4986 * z),
    channelOf(-0.9689 * x + 1.8758 * y + 0.0415 * z),
    channelOf(0.0557 * x - 0.204 * y + 1.057 * z),
  ];
}

function channelOf(light: number): number {
  const c = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(Math.max(c, 0), 1));
}
