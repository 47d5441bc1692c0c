/** Paints a step: its values, the veil over what the kernel has not reached yet, and frames. What it is made of is `step.ts`. */
import type { Rect } from '../scene/geometry';
import { paintLabel } from './label';
import type { Frame, Veil } from './look';
import { inLane, snapped } from './network';
import type { Inks, Steps } from './step';
import { cover, type Context } from './tile';

/** A canvas that shows the newest step. */
export class StepsCanvas {
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #context: Context | null;

  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as Context | null;
  }

  /** Nothing is to be painted any more. */
  end(): void {
    this.#canvas.width = 0;
  }

  /** Shows a step. */
  take(steps: Steps): void {
    if (!this.#context) return;
    cover(this.#canvas, this.#context, steps);
    paintSteps(this.#context, steps);
  }
}

function paintSteps(context: Context, { ratio, inks, font, least, ...steps }: Steps): void {
  for (const { rect, lane, ...value } of steps.values)
    inLane(context, rect, lane, () => {
      paintLabel(context, snapped(rect, ratio), { ...value, palette: inks, font, least });
    });
  context.globalAlpha = 1;
  for (const { rect, lane, veil, frames } of steps.marks)
    inLane(context, rect, lane, () => {
      const at = snapped(rect, ratio);
      if (veil) paintVeil(context, at, { veil, colour: inks.paper });
      for (const frame of frames) paintFrame(context, at, { frame, inks });
    });
}

/** How much of what is not revealed yet is hidden. */
const VEIL = 0.86;

function paintVeil(
  context: Context,
  { x, y, width, height }: Rect,
  { veil, colour }: { veil: Veil; colour: string },
): void {
  const { shown, rows, columns } = veil;
  const [across, down] = [width / columns, height / rows];
  const row = Math.min(Math.floor(shown / columns), rows);
  const rest = shown - row * columns;
  if (row >= rows) return;
  context.globalAlpha = VEIL;
  context.fillStyle = colour;
  context.fillRect(x + rest * across, y + row * down, width - rest * across, down);
  context.fillRect(x, y + (row + 1) * down, width, height - (row + 1) * down);
  context.globalAlpha = 1;
}

/** Least side of a frame, in px: a single cell of a large map must still be found. */
const FRAME_LEAST_PX = 5;

function paintFrame(context: Context, rect: Rect, { frame, inks }: { frame: Frame; inks: Inks }): void {
  const { cells, rows, columns, tone } = frame;
  const [across, down] = [rect.width / columns, rect.height / rows];
  const width = Math.max(cells.columns * across, FRAME_LEAST_PX);
  const height = Math.max(cells.rows * down, FRAME_LEAST_PX);
  const x = rect.x + (cells.column + cells.columns / 2) * across - width / 2;
  const y = rect.y + (cells.row + cells.rows / 2) * down - height / 2;
  context.strokeStyle = inks.windowHalo;
  context.lineWidth = 3.5;
  context.strokeRect(x, y, width, height);
  context.strokeStyle = tone === 'window' ? inks.window : inks.accent;
  context.lineWidth = 1.75;
  context.strokeRect(x, y, width, height);
}
