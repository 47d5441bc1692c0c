/** Rectangles and points in CSS pixels. Not what is drawn in them. */

/** A rectangle; `x`, `y` is its upper left corner. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whether two rectangles share more than an edge; `slack` px of overlap are forgiven (rounding). */
export function overlap(a: Rect, b: Rect, slack = 0.01): boolean {
  return (
    a.x + a.width > b.x + slack &&
    b.x + b.width > a.x + slack &&
    a.y + a.height > b.y + slack &&
    b.y + b.height > a.y + slack
  );
}

/** Whether `inner` lies in `outer`; `slack` px outside are forgiven (rounding). */
export function inside(inner: Rect, outer: Rect, slack = 0.01): boolean {
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  );
}

/** `value`, or the nearer of the two ends when it is outside of them. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
