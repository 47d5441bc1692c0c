/** Numbers as text, in the reader's language. Not what they mean. */
import { getLocale } from '../paraglide/runtime.js';

/** Text of a number with a fixed count of decimals and a true minus; very large and very small ones in powers of ten. */
function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  const huge = Math.abs(value) >= 1e5;
  const text = new Intl.NumberFormat(getLocale(), {
    minimumFractionDigits: huge ? 2 : decimals,
    maximumFractionDigits: huge ? 2 : decimals,
    useGrouping: false,
    notation: huge ? 'scientific' : 'standard',
    signDisplay: 'negative',
  }).format(value);
  return text.replace('-', '−');
}

/** One decimal: what fits a narrow legend. */
export function rough(value: number): string {
  return fixed(value, 1);
}

/** Two decimals: what fits a cell. */
export function brief(value: number): string {
  return fixed(value, 2);
}

/** Four decimals: probabilities, and sums that readers add up themselves. */
export function precise(value: number): string {
  return fixed(value, 4);
}

/** As many digits as an `f32` has. */
export function exact(value: number): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  return new Intl.NumberFormat(getLocale(), { maximumSignificantDigits: 8, useGrouping: false })
    .format(value)
    .replace('-', '−');
}

/** A whole number. */
export function whole(value: number): string {
  return new Intl.NumberFormat(getLocale()).format(value);
}
