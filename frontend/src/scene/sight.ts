/** What is in sight, and what has to be scrolled so that something comes there. Says how far, scrolls nothing itself. */
import { boxKey } from './column';
import { clamp, inside, type Rect } from './geometry';
import { reveal } from './lane';
import type { Box, Lane, Scene } from './scene';

/** A lane group and the scroll it needs, in px. */
export interface Move {
  group: string;
  scroll: number;
}

/** The part of a box that its lane lets through, or nothing. */
export function seen(made: Scene, box: Rect & { lane: string }): Rect | null {
  const lane = made.lanes.find((each) => each.key === box.lane);
  if (!lane) return box;
  const x = Math.max(box.x, lane.x);
  const y = Math.max(box.y, lane.y);
  const right = Math.min(box.x + box.width, lane.x + lane.width);
  const bottom = Math.min(box.y + box.height, lane.y + lane.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

/** The move that brings a box of a layer fully into sight, or `null` when it is there already. */
export function intoSight(scene: Scene, layer: string, box: number): Move | null {
  const neighbour = scene.boxes.find((each) => each.layer === layer);
  const lane = scene.lanes.find((each) => each.key === neighbour?.lane);
  if (!lane) return null;
  const own = scene.boxes.find((each) => each.key === boxKey(layer, box));
  if (own && insideLane(own, lane)) return null;
  return { group: lane.group, scroll: reveal(slotOf(scene, lane, box), lane, lengthOf(lane)) };
}

/** The move that brings a box of a layer to the middle of its lane, or `null` when all of the layer is in sight. */
export function toMiddle(scene: Scene, layer: string, box: number): Move | null {
  const neighbour = scene.boxes.find((each) => each.layer === layer);
  const lane = scene.lanes.find((each) => each.key === neighbour?.lane);
  if (!lane || !scrolls(lane)) return null;
  const length = lengthOf(lane);
  const middle = lane.pitch * (slotOf(scene, lane, box) + 0.5);
  return { group: lane.group, scroll: clamp(middle - length / 2, 0, lane.content - length) };
}

/** Whether a lane has more than it can show. */
export function scrolls(lane: Lane): boolean {
  // A pixel is forgiven: rounding must not make a lane scroll.
  return lane.content > lengthOf(lane) + 1;
}

/** Length of a lane along its axis. */
export function lengthOf(lane: Lane): number {
  return lane.axis === 'vertical' ? lane.height : lane.width;
}

/** Position of a box along its lane: where several stand across it, they share one. */
function slotOf({ boxes }: Scene, lane: Lane, box: number): number {
  const own = boxes.filter((each) => each.lane === lane.key);
  const [first] = own;
  const along = (each: Box) => (lane.axis === 'vertical' ? each.y : each.x);
  const across = own.filter((each) => each.layer === first?.layer && along(each) === along(first)).length;
  return Math.floor((box - (lane.first ?? 0)) / Math.max(across, 1));
}

function insideLane(box: Box, lane: Lane): boolean {
  const across = lane.axis === 'vertical' ? { x: box.x, width: box.width } : { y: box.y, height: box.height };
  return inside(box, { ...lane, ...across });
}
