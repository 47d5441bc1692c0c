/**
 * Tiles on their way from one scene to another, frame by frame. Runs where the canvas is: in a worker, so that no frame waits for the page,
 * or on the page where canvases cannot be given away. What is painted at rest is `network.ts`.
 */
import { ease, mix } from '../scene/between';
import type { Rect } from '../scene/geometry';
import type { Atlas } from './atlas';
import { drawTile, type Context } from './tile';

/** Where a tile is at one end of its way. */
export interface Place extends Rect {
  /** From 0 to 1. */
  opacity: number;
}

/** A tile on its way. */
export interface Traveller {
  /** Key of the atlas it is drawn from, and which of its tiles it is. */
  atlas: string;
  tile: number;
  round: boolean;
  from: Place;
  to: Place;
}

/** Where on the content the canvas lies, in CSS px, and how sharp it is. */
export interface Window {
  width: number;
  height: number;
  /** Of the content, to the left of the canvas and above it. */
  left: number;
  top: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

/** What a traveller is told. */
export type Order =
  /** An atlas to draw from, from now on, instead of the one with the same key. */
  | { type: 'atlas'; key: string; atlas: Atlas }
  /** Sets out; `began` is in ms since 1970 and `duration` in ms, 0 to be there at once. */
  | { type: 'way'; travellers: Traveller[]; began: number; duration: number; window: Window }
  /** The content was scrolled under the canvas. */
  | { type: 'scroll'; left: number; top: number }
  /** Nothing is drawn any more from the atlases that are here. */
  | { type: 'forget' };

type Way = Extract<Order, { type: 'way' }>;

/** A canvas with tiles on their way. */
export class Travel {
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #context: Context | null;
  readonly #atlases = new Map<string, Atlas>();
  #way: Way | null = null;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as Context | null;
  }

  /** Does as it is told. */
  take(order: Order): void {
    switch (order.type) {
      case 'atlas':
        release(this.#atlases.get(order.key));
        this.#atlases.set(order.key, order.atlas);
        break;
      case 'forget':
        this.#forget();
        break;
      case 'scroll':
        if (this.#way) Object.assign(this.#way.window, { left: order.left, top: order.top });
        break;
      case 'way':
        this.#way = order;
    }
    // The first frame of a way does not wait for the next of the display.
    if (order.type === 'way') this.#paint();
    else this.#ask();
  }

  /** Nothing is to be painted any more. */
  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#forget();
  }

  #forget(): void {
    for (const atlas of this.#atlases.values()) release(atlas);
    this.#atlases.clear();
    this.#way = null;
  }

  #ask(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    const [context, way] = [this.#context, this.#way];
    if (!context || !way) return;
    const { width, height, left, top, ratio } = way.window;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== across || this.#canvas.height !== down) {
      this.#canvas.width = across;
      this.#canvas.height = down;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.translate(-left, -top);
    const t = way.duration > 0 ? (performance.timeOrigin + performance.now() - way.began) / way.duration : 1;
    const eased = ease(t);
    for (const traveller of way.travellers) {
      const { from, to, tile, round } = traveller;
      const atlas = this.#atlases.get(traveller.atlas);
      const alpha = from.opacity + (to.opacity - from.opacity) * eased;
      if (atlas && alpha > 0.01)
        drawTile(context, atlas, { tile, rect: mix(from, to, eased), alpha, ratio, round });
    }
    if (t < 1) this.#ask();
  }
}

/** Gives the memory of an atlas back, where it is not the page's. */
function release(atlas: Atlas | undefined): void {
  if (typeof ImageBitmap !== 'undefined' && atlas?.image instanceof ImageBitmap) atlas.image.close();
}
