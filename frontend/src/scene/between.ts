/** Between two scenes: the moving picture, as a function of progress. Interruptible: what it returns is itself a scene to start from. */
import type { Rect } from './geometry';
import type { SceneNode } from './node';
import type { Box, Scene } from './scene';

/** A box on its way: `opacity` is below 1 while it comes or goes. */
export interface MovingBox extends Box {
  opacity: number;
}

/** A node on its way. */
export interface MovingNode extends SceneNode {
  opacity: number;
}

/** A scene on its way. */
export interface MovingScene extends Scene {
  boxes: MovingBox[];
  nodes: MovingNode[];
}

/** What comes and goes. */
interface Fading {
  key: string;
  opacity: number;
}

/** The scene `t` of the way (0 to 1) from one to another. At 1 it is the other, exactly. */
export function between(from: MovingScene | null, to: Scene, t: number): MovingScene {
  if (!from || t >= 1) return arrived(to);
  const eased = ease(t);
  const places = new Map<string, Rect>(from.boxes.map((box) => [box.key, box]));
  const boxes = crossed(from.boxes, to.boxes, {
    eased,
    moved: (start, box) => ({ ...box, ...mix(start, box, eased) }),
    // What is not in the new scene fades where it was. It has no lane there, so nothing clips it.
    left: (box) => ({ ...box, lane: '' }),
  });
  const nodes = crossed(from.nodes, to.nodes, {
    eased,
    moved: (start, node) => ({ ...node, ...mix(start, node, eased) }),
    // A node grows out of what it belongs to.
    came: (node) => ({ ...node, ...mix(places.get(node.from) ?? middle(node), node, eased) }),
    left: (node) => ({ ...node, lane: '' }),
  });
  return { ...to, boxes, nodes };
}

/** Whether all of a scene stands where another one wants it: then nothing has a way to go. */
export function isThere(from: MovingScene, to: Scene): boolean {
  return areThere(from.boxes, to.boxes) && areThere(from.nodes, to.nodes);
}

function areThere(from: readonly (MovingBox | MovingNode)[], to: readonly (Box | SceneNode)[]): boolean {
  const places = new Map(from.map((each) => [each.key, each]));
  return (
    from.length === to.length &&
    to.every((end) => {
      const start = places.get(end.key);
      return start?.opacity === 1 && SIDES.every((side) => start[side] === end[side]);
    })
  );
}

const SIDES = ['x', 'y', 'width', 'height'] as const;

function arrived(to: Scene): MovingScene {
  const there = <T>(each: T) => ({ ...each, opacity: 1 });
  return { ...to, boxes: to.boxes.map(there), nodes: to.nodes.map(there) };
}

interface Crossing<T> {
  eased: number;
  moved?: (start: T, end: T) => T;
  came?: (end: T) => T;
  left?: (start: T) => T;
}

/** What is in one of two lists, or in both, on the way from the first to the second: first what goes, then what stays or comes. */
function crossed<T extends { key: string }>(
  from: readonly (T & Fading)[],
  to: readonly T[],
  { eased, moved, came, left }: Crossing<T>,
): (T & Fading)[] {
  const old = new Map(from.map((each) => [each.key, each]));
  const arriving = to.map((end) => {
    const start = old.get(end.key);
    old.delete(end.key);
    if (!start) return { ...(came ? came(end) : end), opacity: eased };
    return { ...(moved ? moved(start, end) : end), opacity: start.opacity + (1 - start.opacity) * eased };
  });
  const leaving = [...old.values()]
    .map((start) => ({
      ...(left ? left(start) : start),
      opacity: start.opacity * (1 - Math.min(eased * 2, 1)),
    }))
    .filter(({ opacity }) => opacity > 0.01);
  return [...leaving, ...arriving];
}

/** The middle of a rectangle, as one without a size. */
function middle({ x, y, width, height }: Rect): Rect {
  return { x: x + width / 2, y: y + height / 2, width: 0, height: 0 };
}

/** The rectangle at `t` of the way (0 to 1) from one to another. */
export function mix(a: Rect, b: Rect, t: number): Rect {
  const along = (from: number, to: number) => from + (to - from) * t;
  return {
    x: along(a.x, b.x),
    y: along(a.y, b.y),
    width: along(a.width, b.width),
    height: along(a.height, b.height),
  };
}

/** How far of the way at `t` of the time: slow at both ends, it starts and arrives without a jerk. A Bézier curve, whose x is found by halving. */
export function ease(t: number): number {
  if (t <= 0 || t >= 1) return t <= 0 ? 0 : 1;
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (bezier(0.65, 0.35, middle) < t) low = middle;
    else high = middle;
  }
  return bezier(0, 1, (low + high) / 2);
}

/** Far more exact than a pixel of the largest screen needs. */
const HALVINGS = 30;

/** A coordinate of a cubic Bézier curve from 0 to 1 at parameter `s`, with those of its two control points. */
function bezier(first: number, second: number, s: number): number {
  return 3 * (1 - s) ** 2 * s * first + 3 * (1 - s) * s ** 2 * second + s ** 3;
}
