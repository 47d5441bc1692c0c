/**
 * How far apart two colours are to different eyes: CIEDE2000 of what they see. For tests and documents of the scales; not in any bundle.
 */
import type { Rgb } from './colour';
import { labOfLight, linear, type Lab } from './lab';

/** How others see: linear light in, linear light out (Machado, Oliveira and Fernandes 2009, full severity). */
const EYES = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  greyscale: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
} as const;

export type Eye = keyof typeof EYES;

export const EYE_NAMES = Object.keys(EYES) as Eye[];

/** What an eye sees of a colour. */
export function seenBy(eye: Eye, colour: Rgb): Lab {
  const light = colour.map(linear);
  const [r = 0, g = 0, b = 0] = [0, 3, 6].map((row) => {
    const mixed = light.reduce((sum, c, i) => sum + c * (EYES[eye][(row + i) as 0] ?? 0), 0);
    return Math.min(Math.max(mixed, 0), 1);
  });
  return labOfLight(r, g, b);
}

/** Difference of two colours to an eye, CIEDE2000: about 1 is just noticeable side by side. */
export function difference(eye: Eye, a: Rgb, b: Rgb): number {
  return ciede2000(seenBy(eye, a), seenBy(eye, b));
}

/** The difference of two colours by CIEDE2000, in the notation of Sharma, Wu and Dalal (2005), all weights 1. */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const { hypot, sqrt, cos, sin, exp, abs, PI } = Math;
  const part = (c: number) => sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const g = 0.5 * (1 - part((hypot(a1, b1) + hypot(a2, b2)) / 2));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [hypot(p1, b1), hypot(p2, b2)];
  const angle = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) + 2 * PI) % (2 * PI));
  const [h1, h2] = [angle(p1, b1), angle(p2, b2)];
  const isGrey = c1 * c2 === 0;

  let turn = isGrey ? 0 : h2 - h1;
  if (turn > PI) turn -= 2 * PI;
  if (turn < -PI) turn += 2 * PI;
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(turn / 2)];

  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  let h = h1 + h2;
  if (!isGrey) h = abs(h1 - h2) <= PI ? h / 2 : h < 2 * PI ? h / 2 + PI : h / 2 - PI;
  const degrees = (value: number) => (value * PI) / 180;
  const t =
    1 -
    0.17 * cos(h - degrees(30)) +
    0.24 * cos(2 * h) +
    0.32 * cos(3 * h + degrees(6)) -
    0.2 * cos(4 * h - degrees(63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const swing = degrees(30) * exp(-(((h - degrees(275)) / degrees(25)) ** 2));
  const rt = -2 * part(c) * sin(2 * swing);
  const [lightness, chroma, hue] = [dl / sl, dc / sc, dh / sh];
  return sqrt(lightness ** 2 + chroma ** 2 + hue ** 2 + rt * chroma * hue);
}
