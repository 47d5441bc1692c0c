/**
 * Where the kernel is at a moment of the class clock: the arithmetic of the server's `Playback::step_at`. Not a timer: who shows
 * it asks `nextStepIn` when to look again.
 */
import type { Playback } from '../protocol/classroom';

/** The step shown at `now` (ms of the class clock), for an operation of `steps` steps: never past the last one. */
export function stepAt(playback: Playback, now: number, steps: number): number {
  const last = Math.max(steps - 1, 0);
  if (playback.kind === 'paused') return Math.min(playback.step, last);
  // The class clock of the rules has whole milliseconds; cutting first gives the same step as the server.
  const elapsed = Math.max(Math.floor(now) - playback.since, 0);
  return Math.min(playback.from + Math.floor((elapsed * playback.rate) / 1000), last);
}

/** Milliseconds from `now` until the step changes, or `null` when it never will by itself. */
export function nextStepIn(playback: Playback, now: number, steps: number): number | null {
  if (playback.kind === 'paused') return null;
  const step = stepAt(playback, now, steps);
  if (step >= steps - 1) return null;
  const due = playback.since + Math.ceil(((step + 1 - playback.from) * 1000) / playback.rate);
  return Math.max(due - now, 0);
}

/** Whether the kernel still moves at `now`. */
export function isMoving(playback: Playback, now: number, steps: number): boolean {
  return nextStepIn(playback, now, steps) !== null;
}
