/** The way of a flow between two rectangles, as the four points of a cubic Bézier curve. Not how it is drawn. */
import { clamp, type Rect } from './geometry';
import type { Flow } from './node';
import type { Lane, Scene } from './scene';

/** Start, two control points and end: `[x, y]` each, in px. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

/** The curve from `a` to `b`. */
export function curve(a: Rect, b: Rect, bend: Flow['bend']): Curve {
  const [ax, ay] = [a.x + a.width / 2, a.y + a.height / 2];
  const [bx, by] = [b.x + b.width / 2, b.y + b.height / 2];
  switch (bend) {
    case 'right': {
      const [from, to] = [a.x + a.width, b.x];
      const middle = (from + to) / 2;
      return [from, ay, middle, ay, middle, by, to, by];
    }
    case 'down': {
      const [from, to] = [a.y + a.height, b.y];
      const middle = (from + to) / 2;
      // Straight down where the other one reaches so far.
      const end = clamp(ax, b.x, b.x + b.width);
      return [ax, from, ax, middle, end, middle, end, to];
    }
    case 'corner':
      return [a.x + a.width, ay, bx, ay, bx, ay, bx, b.y];
  }
}

/** A flow of a scene with its way. */
export interface FlowWay extends Flow {
  way: Curve;
}

/** The ways of the flows whose two ends are in sight. */
export function flowWays({
  boxes,
  nodes,
  lanes,
  flows,
}: Pick<Scene, 'boxes' | 'nodes' | 'lanes' | 'flows'>): FlowWay[] {
  const clips = new Map(lanes.map((lane) => [lane.key, lane]));
  const ends = new Map([...boxes, ...nodes].map((each) => [each.key, each]));
  return flows.flatMap((flow) => {
    const [from, to] = [ends.get(flow.from), ends.get(flow.to)];
    if (!from || !to || hidden(from, clips.get(from.lane)) || hidden(to, clips.get(to.lane))) return [];
    return [{ ...flow, way: curve(from, to, flow.bend) }];
  });
}

/** Whether the middle of something is scrolled out of its lane. */
function hidden(rect: Rect, lane: Lane | undefined): boolean {
  if (!lane) return false;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  return x < lane.x || x > lane.x + lane.width || y < lane.y || y > lane.y + lane.height;
}
