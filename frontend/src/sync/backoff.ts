/** How long to wait before the next attempt to connect. Not a timer. */

/** The longest wait before the second attempt, in ms. */
const FIRST_MS = 250;

/** The longest wait of all, in ms: a class should be back within seconds of its server. */
export const LONGEST_MS = 8000;

/**
 * Wait in ms before attempt number `attempt` (from 0), with full jitter: `random` is uniform in [0, 1), so that a thousand students
 * do not come back in the same instant.
 */
export function backoff(attempt: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}
