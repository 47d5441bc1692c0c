/** The part of a scene that holds its nodes and some of its boxes: as much as has to be painted for them. Not what is painted. */
import type { Rect } from './geometry';
import type { Lane, Scene } from './scene';

/** Lines and marks reach so far past what they belong to, in px. */
const AROUND_PX = 8;
/** Areas begin and end at multiples of this, in px: at whole pixels of every common screen. */
const GRID_PX = 4;

/** The rectangle around all nodes and around the boxes of `keys`, as far as they are in sight: it stays the same while lanes scroll. */
export function areaOf({ nodes, boxes, lanes, width, height }: Scene, keys: ReadonlySet<string>): Rect {
  const clips = new Map(lanes.map((lane) => [lane.key, lane]));
  const held = [...nodes, ...boxes.filter(({ key }) => keys.has(key))].map((each) =>
    within(each, clips.get(each.lane)),
  );
  const down = (px: number) => Math.max(Math.floor((px - AROUND_PX) / GRID_PX) * GRID_PX, 0);
  const up = (px: number) => Math.ceil((px + AROUND_PX) / GRID_PX) * GRID_PX;
  const x = down(Math.min(width, ...held.map((each) => each.x)));
  const y = down(Math.min(height, ...held.map((each) => each.y)));
  const right = Math.min(up(Math.max(x, ...held.map((each) => each.x + each.width))), width);
  const bottom = Math.min(up(Math.max(y, ...held.map((each) => each.y + each.height))), height);
  return { x, y, width: Math.max(right - x, 1), height: Math.max(bottom - y, 1) };
}

/** The place of something, in a lane that scrolls anywhere along it. */
function within(rect: Rect, lane: Lane | undefined): Rect {
  if (!lane || lane.content <= (lane.axis === 'vertical' ? lane.height : lane.width)) return rect;
  const { x, y, width, height } = lane;
  return lane.axis === 'vertical' ? { ...rect, y, height } : { ...rect, x, width };
}
