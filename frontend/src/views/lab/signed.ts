/** A change of a probability as text: with its sign, unless it is too small to be seen. */
import { precise } from '../numbers';

/** Below this all four decimals are 0. */
const UNSEEN = 0.00005;

export function signed(change: number): string {
  if (Math.abs(change) < UNSEEN) return precise(0);
  return change > 0 ? `+${precise(change)}` : precise(change);
}
