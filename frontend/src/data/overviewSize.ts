/** Which of the two overviews a screen gets. */

/** `phone` has maps above 32 px averaged down. */
export type OverviewSize = 'phone' | 'full';

/** Shorter side of the screen below which tiles are so small, and data so dear, that the small overview is the better one, in px. */
const PHONE_PX = 600;

/** The overview for a screen whose shorter side is so long, in CSS px. */
export function sizeFor(shorterSidePx: number): OverviewSize {
  return shorterSidePx < PHONE_PX ? 'phone' : 'full';
}

/** The overview for the window as it is. */
export function sizeForWindow(): OverviewSize {
  return sizeFor(Math.min(window.innerWidth, window.innerHeight));
}
