/** A number that someone computed: exact, with the digits that were typed. */
import { DECIMALS_MOST, type Decimal, type Truth } from '../../../protocol/classroom';
import { plainDecimal } from '../../../ui/decimal';

/** Numbers are 32-bit integers of units of their last decimal. */
const DIGITS_MOST = 2 ** 31 - 1;

/** The number, or `null` where it is none, has too many decimals or is too large. */
export function typedNumber(text: string): Decimal | null {
  const plain = plainDecimal(text);
  if (plain === null) return null;
  const [whole = '', part = ''] = plain.split('.');
  const digits = Number(whole + part);
  if (part.length > DECIMALS_MOST || Math.abs(digits) > DIGITS_MOST) return null;
  // Nothing is written as minus nothing.
  return { digits: digits + 0, decimals: part.length };
}

/** Whether a number is right: as far from the true one as someone may be who calculates with rounded numbers. */
export function isRight(number: Decimal, truth: Truth): boolean {
  const scaled = ({ digits, decimals }: Decimal) => digits * 10 ** (DECIMALS_MOST - decimals);
  const room = truth.tolerance * 10 ** (DECIMALS_MOST - truth.number.decimals);
  return Math.abs(scaled(number) - scaled(truth.number)) <= room;
}
