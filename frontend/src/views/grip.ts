/**
 * The grip on the window of an open unit: what a finger or the keys hold when they move it directly on the picture of the network. A press
 * that goes nowhere stays a click. Not where the window stands: that is a step, and the stage's.
 */
import type { Attachment } from 'svelte/attachments';

/** A point of a box or node, as parts of its width and height. */
export interface Point {
  x: number;
  y: number;
}

/** What can be held. */
export interface Grip {
  /** Keys of the boxes and nodes on which the window is seen. */
  readonly on: ReadonlySet<string>;
  /** Moves the window to a point of one of them. */
  drag: (key: string, at: Point) => void;
  /** Moves it as a key of the keyboard says; false for one that says nothing about it. */
  press: (key: string) => boolean;
  /** The finger is lifted, or the key is up. */
  drop: () => void;
}

/** How far a press moves before it drags, in px: fingers tremble. */
const DRAG_PX = 6;

/** Makes an element a place where the window is dragged. */
export function gripped(grip: Grip, key: string): Attachment<HTMLElement> {
  return (element) => {
    let from: Point | null = null;
    let drags = false;
    const down = (event: PointerEvent) => {
      from = { x: event.clientX, y: event.clientY };
      drags = false;
    };
    const move = (event: PointerEvent) => {
      if (!from) return;
      if (!drags) {
        drags = Math.hypot(event.clientX - from.x, event.clientY - from.y) > DRAG_PX;
        if (!drags) return;
        element.setPointerCapture(event.pointerId);
      }
      const box = element.getBoundingClientRect();
      grip.drag(key, {
        x: (event.clientX - box.left) / box.width,
        y: (event.clientY - box.top) / box.height,
      });
    };
    const up = () => {
      from = null;
      if (drags) grip.drop();
    };
    const click = (event: MouseEvent) => {
      if (drags) event.stopPropagation();
      drags = false;
    };
    const keydown = (event: KeyboardEvent) => {
      if (!event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || !grip.press(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const keyup = () => {
      grip.drop();
    };
    const events = new AbortController();
    const on = { signal: events.signal };
    element.addEventListener('pointerdown', down, on);
    element.addEventListener('pointermove', move, on);
    element.addEventListener('pointerup', up, on);
    element.addEventListener('pointercancel', up, on);
    element.addEventListener('click', click, on);
    element.addEventListener('keydown', keydown, on);
    element.addEventListener('keyup', keyup, on);
    return () => {
      events.abort();
    };
  };
}
