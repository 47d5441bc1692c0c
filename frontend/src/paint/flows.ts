/** Dashed ways from one thing to another; while something flows, the dashes move. Where the canvas is, there it moves: no frame is the page's. */
import type { Curve } from '../scene/flow';
import { cover, type Context, type Cover } from './tile';

/** All ways of a scene. */
export interface Flows extends Cover {
  ways: { way: Curve; lit: boolean }[];
  /** CSS colours. */
  plain: string;
  lit: string;
  flowing: boolean;
}

/** A dash and the gap behind it, in px. */
const DASHES = [5, 4];
/** In px/s. */
const SPEED = 30;

/** A canvas with ways. */
export class FlowsCanvas {
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #context: Context | null;
  #flows: Flows | null = null;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as Context | null;
  }

  /** Shows other ways. */
  take(flows: Flows): void {
    this.#flows = flows;
    this.#paint();
  }

  /** Nothing moves any more. */
  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#flows = null;
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    const [context, flows] = [this.#context, this.#flows];
    if (!context || !flows) return;
    const { flowing } = flows;
    cover(this.#canvas, context, flows);
    context.setLineDash(DASHES);
    context.lineDashOffset = flowing ? (-performance.now() * SPEED) / 1000 : 0;
    for (const { way, lit } of flows.ways) {
      const [x, y, ...rest] = way;
      context.strokeStyle = lit ? flows.lit : flows.plain;
      context.lineWidth = lit ? 1.8 : 1.2;
      context.beginPath();
      context.moveTo(x, y);
      context.bezierCurveTo(...rest);
      context.stroke();
    }
    if (flowing)
      this.#frame = requestAnimationFrame(() => {
        this.#paint();
      });
  }
}
