/** Between two scenes: the moving picture, as a function of progress. Interruptible: what it returns is itself a scene to start from. */
import type { Rect } from './geometry';
import type { Box, Scene } from './scene';

/** A box on its way: `opacity` is below 1 while it comes or goes. */
export interface MovingBox extends Box {
  opacity: number;
}

/** A scene on its way. */
export interface MovingScene extends Scene {
  boxes: MovingBox[];
}

/** The scene `t` of the way (0 to 1) from one to another. At 1 it is the other, exactly. */
export function between(from: MovingScene | null, to: Scene, t: number): MovingScene {
  if (!from || t >= 1) return { ...to, boxes: to.boxes.map((box) => ({ ...box, opacity: 1 })) };
  const eased = ease(t);
  const old = new Map(from.boxes.map((box) => [box.key, box]));
  const boxes = to.boxes.map((box): MovingBox => {
    const start = old.get(box.key);
    old.delete(box.key);
    if (!start) return { ...box, opacity: eased };
    return { ...box, ...mix(start, box, eased), opacity: start.opacity + (1 - start.opacity) * eased };
  });
  // What is not in the new scene fades where it was. It has no lane there, so nothing clips it.
  const leaving = [...old.values()]
    .map((box): MovingBox => ({ ...box, lane: '', opacity: box.opacity * (1 - Math.min(eased * 2, 1)) }))
    .filter((box) => box.opacity > 0.01);
  return { ...to, boxes: [...leaving, ...boxes] };
}

function mix(a: Rect, b: Rect, t: number): Rect {
  const along = (from: number, to: number) => from + (to - from) * t;
  return {
    x: along(a.x, b.x),
    y: along(a.y, b.y),
    width: along(a.width, b.width),
    height: along(a.height, b.height),
  };
}

/** Slow at both ends: starts and arrives without a jerk. */
function ease(t: number): number {
  return t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
}
