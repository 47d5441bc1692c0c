/** Figures of those who were lost: minute by minute, and the moments that say most. Counts only; the server sends nothing else. */
import type { LostMoment } from '../../protocol/classroom';

/** Fewest and, during a class, most minutes of the drawing: a bar of the first minutes is not a wall, one of the last hour can be seen. */
const LEAST = 20;
const MOST = 60;

/** Moments told in words. */
const WORST = 5;

/** How many were lost in each of the last minutes, at most `most`, up to `minute`, from 0. */
export function perMinute(
  moments: readonly LostMoment[],
  minute: number,
  most = MOST,
): { minute: number; count: number }[] {
  const last = Math.max(minute, LEAST - 1);
  const first = Math.max(0, Math.min(moments[0]?.minute ?? 0, last + 1 - LEAST), last + 1 - most);
  return Array.from({ length: last + 1 - first }, (_, i) => {
    const at = first + i;
    const count = moments.reduce((sum, one) => sum + (one.minute === at ? one.count : 0), 0);
    return { minute: at, count };
  });
}

/** The moments with the most, the newest first among equals. */
export function worst(moments: readonly LostMoment[]): LostMoment[] {
  return moments.toSorted((a, b) => b.count - a.count || b.minute - a.minute).slice(0, WORST);
}
