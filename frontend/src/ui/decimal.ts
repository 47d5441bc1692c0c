/** Decimal numbers as people type them. Not how they are written: see `views/numbers.ts`. */

/** A sign, digits, and one comma or point. */
const DECIMAL = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)$/u;

/**
 * The number that someone typed, in whatever language: with a comma or a point before the decimals, and with any of the signs that
 * look like a minus. `null` for what is no number.
 */
export function readDecimal(text: string): number | null {
  const plain = text
    .trim()
    .replaceAll(/[−–—]/gu, '-')
    .replaceAll(/[\s\u202f\u00a0]/gu, '');
  return DECIMAL.test(plain) ? Number(plain.replace(',', '.')) : null;
}
