/**
 * How boxes lie in a lane: evenly spread where they fit, scrolling where they do not. One dimension only; the other is the
 * caller's.
 */
import { clamp } from './geometry';

/** What is to be spread. */
export interface Run {
  /** Length of the lane along its axis, in px. */
  length: number;
  /** Number of boxes. */
  count: number;
  /** Least distance between the beginnings of two boxes: below it the lane scrolls. */
  minPitch: number;
  /** Greatest distance: beyond it the boxes stay together in the middle. */
  maxPitch: number;
  /** How far the lane is asked to be scrolled. */
  scroll: number;
}

/** Where the boxes of a run are. */
export interface Spread {
  pitch: number;
  /** Length of what scrolls: `length` when everything fits. */
  content: number;
  /** Scroll, never past the end. */
  scroll: number;
  /** First box in sight, and the one after the last. */
  first: number;
  end: number;
  /** Beginning of box `i`'s slot (as long as the pitch), from the beginning of the lane. */
  slot: (i: number) => number;
}

/** Spreads the boxes of a run. */
export function spread({ length, count, minPitch, maxPitch, scroll }: Run): Spread {
  const fits = count * minPitch <= length;
  const pitch = fits ? Math.min(length / count, maxPitch) : minPitch;
  const content = Math.max(count * pitch, length);
  const at = clamp(scroll, 0, content - length);
  const margin = fits ? (length - count * pitch) / 2 : 0;
  return {
    pitch,
    content,
    scroll: at,
    first: fits ? 0 : Math.floor(at / pitch),
    end: fits ? count : Math.min(Math.ceil((at + length) / pitch), count),
    slot: (i) => margin + i * pitch - at,
  };
}

/** The scroll nearest to `scroll` that brings box `i` fully into sight. */
export function reveal(
  i: number,
  lane: { pitch: number; scroll: number; content: number },
  length: number,
): number {
  const from = i * lane.pitch;
  return clamp(clamp(lane.scroll, from + lane.pitch - length, from), 0, lane.content - length);
}
