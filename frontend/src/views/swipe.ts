/** Whether a finger swiped: a quick way across, and hardly up or down. Not what that leads to. */

/** Where and when a finger touched or left the screen. */
export interface Touchpoint {
  /** In CSS px. */
  x: number;
  y: number;
  /** In ms. */
  time: number;
}

/** Least way of a swipe, in px: below it a finger trembles. */
const WAY_PX = 56;
/** How many times farther it goes across than up or down: what goes down scrolls. */
const FLAT = 2.5;
/** Longest time of a swipe, in ms: slower fingers look for something. */
const LONGEST_MS = 600;
/** Swipes that begin so near to the edge belong to the system: they lead back, in px. */
const EDGE_PX = 20;

/** How many units on a swipe leads: 1 for one to the left, −1 for one to the right, 0 for what is none. `width`: of the window, in px. */
export function swiped(from: Touchpoint, to: Touchpoint, width: number): -1 | 0 | 1 {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const atEdge = from.x < EDGE_PX || from.x > width - EDGE_PX;
  if (atEdge || Math.abs(dx) < WAY_PX || Math.abs(dx) < FLAT * Math.abs(dy)) return 0;
  if (to.time - from.time > LONGEST_MS) return 0;
  return dx < 0 ? 1 : -1;
}

/** Whether a swipe that begins at an element is one for the unit: not where something is dragged or scrolls sideways itself. */
export function swipes(target: Element, root: Element): boolean {
  if (target.closest('.gripped, input, select, textarea, [role=slider]')) return false;
  for (let at: Element | null = target; at && at !== root.parentElement; at = at.parentElement) {
    const { overflowX } = getComputedStyle(at);
    const moves = overflowX === 'auto' || overflowX === 'scroll';
    if (moves && at.scrollWidth > at.clientWidth + 1) return false;
  }
  return true;
}
