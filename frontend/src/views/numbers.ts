/** Numbers as text, in the reader's language. Not what they mean. */
import { getLocale } from '../paraglide/runtime.js';
import type { Locale } from '../ui/preferences.svelte';

/** From here on numbers are written in powers of ten. */
const HUGE = 1e5;

// Making a formatter takes far longer than using one, and a step shows dozens of numbers.
const formats = new Map<string, Intl.NumberFormat>();

/** The formatter of the reader's language with these options, made once. */
function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = getLocale();
  const key = `${locale} ${Object.values(options).join(' ')}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(locale, { useGrouping: false, ...options });
  formats.set(key, made);
  return made;
}

/** What stands before decimals. */
const POINT: Record<Locale, string> = { de: ',', en: '.', es: ',', zh: '.' };

/** What stands between groups of three digits, and the least number that has it. */
const GROUPS: Record<Locale, { mark: string; from: number }> = {
  de: { mark: '.', from: 1e3 },
  en: { mark: ',', from: 1e3 },
  es: { mark: '.', from: 1e4 },
  zh: { mark: ',', from: 1e3 },
};

/**
 * A finite number with a fixed count of decimals and a true minus, without groups; as `Intl.NumberFormat` writes it, whose first formatter
 * keeps a slow phone for a quarter of a second while somebody waits for a picture.
 */
function plain(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  const sign = value < 0 && Number(text) !== 0 ? '−' : '';
  return sign + text.replace('.', POINT[getLocale()]);
}

/** The same in powers of ten. */
function power(value: number, decimals: number): string {
  const text = value.toExponential(decimals).replace('e+', 'E').replace('e', 'E');
  return text.replace('.', POINT[getLocale()]).replaceAll('-', '−');
}

/** Text of a number with a fixed count of decimals and a true minus; very large ones in powers of ten. */
function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  return Math.abs(value) >= HUGE ? power(value, 2) : plain(value, decimals);
}

/** One decimal, none from ten on: what fits a narrow legend. */
export function rough(value: number): string {
  return fixed(value, Math.abs(value) < 10 ? 1 : 0);
}

/** So many decimals, however large the number is: options of a question must differ. */
export function decimal(value: number, decimals: number): string {
  return plain(value, decimals);
}

/** Two decimals: what fits a cell. */
export function brief(value: number): string {
  return fixed(value, 2);
}

/** Four decimals: probabilities, and sums that readers add up themselves. */
export function precise(value: number): string {
  return fixed(value, 4);
}

/** As `brief`; a whole number as such, for it is exact. */
export function figure(value: number): string {
  return isWhole(value) ? whole(value) : brief(value);
}

/** As `precise`; a whole number as such, for it is exact. */
export function fineFigure(value: number): string {
  return isWhole(value) ? whole(value) : precise(value);
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < HUGE;
}

/** Four decimals; what would read as zero there and is not, in powers of ten. */
export function telling(value: number): string {
  if (value === 0 || Math.abs(value) >= 0.00005 || !Number.isFinite(value)) return precise(value);
  return power(value, 1);
}

/** A share or a size in percent, without decimals. */
export function percent(value: number): string {
  return format({ style: 'percent', maximumFractionDigits: 0 }).format(value);
}

/** At most three decimals, as somebody would type it. */
export function editable(value: number): string {
  return format({ maximumFractionDigits: 3, signDisplay: 'negative' }).format(value).replaceAll('-', '−');
}

/** So many digits tell one `f32` from the next one, nearly always. */
const SINGLE_DIGITS = 8;

/** As many digits as an `f32` has. */
export function exact(value: number): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  const [mantissa = '', exponent] = Math.abs(value)
    .toExponential(SINGLE_DIGITS - 1)
    .split('e');
  const digits = mantissa.replace('.', '');
  const before = Number(exponent) + 1;
  const decimals = (before > 0 ? digits.slice(before) : '0'.repeat(-before) + digits).replace(/0+$/u, '');
  const sign = value < 0 ? '−' : '';
  const ones = before > 0 ? digits.slice(0, before).padEnd(before, '0') : '0';
  return sign + ones + (decimals === '' ? '' : POINT[getLocale()] + decimals);
}

/** A whole number below 10¹⁵, with a true minus and its digits in groups. */
export function whole(value: number): string {
  const text = plain(value, 0);
  const { mark, from } = GROUPS[getLocale()];
  return Math.abs(value) < from - 0.5 ? text : text.replaceAll(/\B(?=(?:\d{3})+$)/gu, mark);
}

/** The highest 32-bit number, at which a description says that there is no bound. */
const HIGHEST = 2 ** 128 - 2 ** 104;

/** A bound of a 32-bit number: ∞ where it bounds nothing. */
export function bound(value: number): string {
  return exact(Math.abs(Math.fround(value)) < HIGHEST ? value : value * Infinity);
}

/** How the values of a map are written into its cells: whole numbers as such, others with two decimals. */
export function cellText(values: Float32Array): (value: number) => string {
  return values.every(isWhole) ? whole : brief;
}
