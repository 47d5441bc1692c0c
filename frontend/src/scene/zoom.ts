/** Enlarging a picture around a point: what is under the fingers stays there. Not how large it may be, nor who asks. */
import { clamp } from './geometry';
import { lengthOf } from './sight';
import type { Lane, Scene } from './scene';

/** A point of a scene, in px. */
export interface Point {
  x: number;
  y: number;
}

/** Where a point of one scene is in another of the same network and layout, of another size. */
export function counterpart(from: Scene, to: Scene, point: Point): Point {
  const nearest = [...from.lanes].sort((a, b) => away(a, point) - away(b, point))[0];
  const same = to.lanes.find(({ key }) => key === nearest?.key);
  if (!nearest || !same) return point;
  return {
    x: along(point.x, [nearest.x, nearest.width], [same.x, same.width]),
    y: along(point.y, [nearest.y, nearest.height], [same.y, same.height]),
  };
}

/** How far each group of lanes is scrolled in `to` so that what it shows at `point` of `from` is at the same place of the lane. */
export function scrollsAround(from: Scene, to: Scene, point: Point): Map<string, number> {
  const scrolls = new Map<string, number>();
  for (const lane of to.lanes) {
    const before = from.lanes.find(({ key }) => key === lane.key);
    if (!before || scrolls.has(lane.group)) continue;
    const length = lengthOf(lane);
    const start = lane.axis === 'vertical' ? [before.y, point.y] : [before.x, point.x];
    const at = clamp((start[1] ?? 0) - (start[0] ?? 0), 0, lengthOf(before));
    const content = ((before.scroll + at) * lane.pitch) / before.pitch;
    const place = (at / lengthOf(before)) * length;
    scrolls.set(lane.group, clamp(content - place, 0, Math.max(lane.content - length, 0)));
  }
  return scrolls;
}

/** The same share of another length; beyond the ends the same distance. */
function along(at: number, [from, length]: [number, number], [to, other]: [number, number]): number {
  const inside = clamp(at - from, 0, length);
  return to + (length > 0 ? (inside / length) * other : 0) + (at - from - inside);
}

/** How far a point is from a lane, in px. */
function away({ x, y, width, height }: Lane, point: Point): number {
  const dx = Math.max(x - point.x, 0, point.x - x - width);
  const dy = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(dx, dy);
}
