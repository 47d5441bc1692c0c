/** Decimal numbers as people type them. Not how they are written: see `views/numbers.ts`. */

/** What stands for a minus on some keyboard or in some text. */
const MINUS = /^[-−–—‐‑﹣－]/u;
/** A sign, digits, and one point. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/u;

/**
 * What someone typed as programs write it, in whatever language it was typed: with a comma or a point before the decimals, with spaces
 * between, and with any of the signs that look like a minus. `null` for what is no number.
 */
export function plainDecimal(text: string): string | null {
  const plain = text.replaceAll(/\s/gu, '').replace(MINUS, '-').replace(',', '.');
  return DECIMAL.test(plain) ? plain : null;
}

/** The number that someone typed; `null` for what is none. */
export function readDecimal(text: string): number | null {
  const plain = plainDecimal(text);
  return plain === null ? null : Number(plain);
}

/** The text with the other sign. */
export function turned(text: string): string {
  const typed = text.trimStart();
  if (MINUS.test(typed)) return typed.replace(MINUS, '');
  return `−${typed.replace(/^\+/u, '')}`;
}
