/** What tests of colours share: the palettes of both themes, read from the tokens as they are written. Not in any bundle. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Rgb } from './colour';
import { parseColour } from './colour';
import { paletteFrom, type Palette } from './palette';

const TOKENS = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');

export type ThemeName = 'light' | 'dark';

/** A colour token of a theme, as CSS. */
export function token(name: string, theme: ThemeName): string {
  const [, value = ''] = new RegExp(`--${name}: ([^;]+);`, 'u').exec(TOKENS) ?? [];
  const [, light, dark] = /^light-dark\((#\w+), (#\w+)\)$/u.exec(value) ?? [];
  return (theme === 'light' ? light : dark) ?? value;
}

/** The same as numbers. */
export function colourToken(name: string, theme: ThemeName): Rgb {
  return parseColour(token(name, theme));
}

/** The palette of a theme. */
export function paletteOf(theme: ThemeName): Palette {
  return paletteFrom((name) => token(name, theme));
}
