/**
 * The layout of the things on one screen while somebody points: places in the frame of the board, worked out again whenever something
 * may have moved. Watches only for as long as it is followed.
 */
import type { Rect } from '../scene/geometry';
import type { Things } from '../views/things.svelte';
import { placesOf, withoutPadding, type Place } from './places';

/** How long a card takes to arrive, in ms, and a little. */
const ARRIVAL_MS = 500;

export class Layout {
  readonly #things: Things;
  /** Counts what may have moved something. */
  #moves = $state(0);

  /** Where everything is; nothing before the board is there. */
  readonly places: readonly Place[] = $derived.by(() => {
    void this.#moves;
    const { board, picture, parts } = this.#things;
    if (!board) return [];
    const frame = board.getBoundingClientRect();
    const found: Place[] = [];
    for (const { part, input, element, cells } of parts) {
      const whole = framed(element.getBoundingClientRect(), frame);
      const rect = cells ? withoutPadding(whole, cells) : whole;
      const seen = shared(rect, visible(element, board, frame));
      if (seen)
        found.push({
          thing: { kind: 'part', part, input },
          units: 1,
          inPicture: false,
          cells,
          seen,
          ...rect,
        });
    }
    if (picture) {
      const own = framed(picture.element.getBoundingClientRect(), frame);
      const { scrollLeft, scrollTop } = picture.element;
      const origin = { x: own.x - scrollLeft, y: own.y - scrollTop };
      for (const place of placesOf(picture.scene, picture.columns, origin)) {
        const seen = shared(place.seen, own);
        if (seen) found.push({ ...place, seen });
      }
    }
    return found;
  });

  constructor(things: Things) {
    this.#things = things;
  }

  /** Watches for what moves things. */
  follow(): (() => void) | undefined {
    const { board, parts } = this.#things;
    if (!board) return undefined;
    const moved = () => (this.#moves += 1);
    const sizes = new ResizeObserver(moved);
    sizes.observe(board);
    for (const { element } of parts) sizes.observe(element);
    const end = new AbortController();
    const options = { signal: end.signal, capture: true, passive: true };
    for (const event of ['scroll', 'animationend', 'transitionend'])
      board.addEventListener(event, moved, options);
    const arrival = setTimeout(moved, ARRIVAL_MS);
    return () => {
      clearTimeout(arrival);
      sizes.disconnect();
      end.abort();
    };
  }
}

function framed(rect: Rect, frame: Rect): Rect {
  return { x: rect.x - frame.x, y: rect.y - frame.y, width: rect.width, height: rect.height };
}

/** What two rectangles share, if they do. */
function shared(a: Rect, b: Rect): Rect | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** What everything that an element scrolls in lets through of it. */
function visible(element: Element, board: Element, frame: Rect): Rect {
  let seen: Rect = { x: 0, y: 0, width: frame.width, height: frame.height };
  for (let at = element.parentElement; at && at !== board; at = at.parentElement) {
    if (getComputedStyle(at).overflow === 'visible') continue;
    seen = shared(seen, framed(at.getBoundingClientRect(), frame)) ?? { x: 0, y: 0, width: 0, height: 0 };
  }
  return seen;
}
