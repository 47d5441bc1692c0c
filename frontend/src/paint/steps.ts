/**
 * What changes with every step, over all else that is staged: values, the veil over what the kernel has not reached yet, and frames. As data, so
 * that a worker can paint it while the page makes the next step.
 */
import type { Rect } from '../scene/geometry';
import type { SceneNode } from '../scene/node';
import type { Lane, Scene } from '../scene/scene';
import { paintLabel, type LabelPaint } from './label';
import type { Frame, Look, Veil } from './look';
import { inLane, snapped } from './network';
import type { Palette } from './palette';
import { cover, type Context, type Cover } from './tile';

/** Where something is painted. */
interface Place {
  rect: Rect;
  /** What clips it. */
  lane: Lane | undefined;
}

type Inks = LabelPaint['palette'] & Pick<Palette, 'accent' | 'paper' | 'window' | 'windowHalo'>;

/** All of one step. */
export interface Steps extends Cover {
  inks: Inks;
  font: string;
  least: number;
  values: (Place & Pick<LabelPaint, 'look' | 'marked' | 'dim'>)[];
  marks: (Place & { veil: Veil | undefined; frames: readonly Frame[] })[];
}

/** What a step is made of. */
export interface StepsInput extends Pick<Steps, 'area' | 'ratio' | 'font' | 'least'> {
  scene: Scene;
  palette: Palette;
  /** The nodes that show a value of the step, and what they look like. */
  nodes: readonly SceneNode[];
  look: (node: SceneNode) => Look | null;
  /** By key of box or node. */
  frames: ReadonlyMap<string, readonly Frame[]>;
  veils: ReadonlyMap<string, Veil>;
  /** Keys of nodes that are lit. */
  marked: ReadonlySet<string>;
}

/** A step as data. */
export function stepsOf({ scene, palette, nodes, look, ...input }: StepsInput): Steps {
  const { area, ratio, font, least, frames, veils, marked } = input;
  const lanes = new Map(scene.lanes.map((lane) => [lane.key, lane]));
  const place = ({ x, y, width, height, lane }: Rect & { lane: string }): Place => ({
    rect: { x, y, width, height },
    lane: lanes.get(lane),
  });
  const { edgeLit, ink, line, onDeep, onPale, surface, accent, paper, window, windowHalo } = palette;
  const steps: Steps = {
    area,
    ratio,
    inks: { edgeLit, ink, line, onDeep, onPale, surface, accent, paper, window, windowHalo },
    font,
    least,
    values: [],
    marks: [],
  };
  for (const node of nodes) {
    const label = look(node);
    if (label?.type === 'disc' || label?.type === 'chip')
      steps.values.push({
        ...place(node),
        look: label,
        marked: marked.has(node.key),
        dim: node.emphasis === 'dim',
      });
  }
  if (veils.size + frames.size === 0) return steps;
  for (const thing of [...scene.boxes, ...scene.nodes]) {
    const [veil, framed] = [veils.get(thing.key), frames.get(thing.key)];
    if (veil || framed) steps.marks.push({ ...place(thing), veil, frames: framed ?? [] });
  }
  return steps;
}

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
