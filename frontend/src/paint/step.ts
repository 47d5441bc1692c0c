/**
 * What changes with every step, over all else that is staged: values, the veil over what the kernel has not reached yet, and frames. As data, so
 * that a worker can paint it while the page makes the next step.
 */
import type { Rect } from '../scene/geometry';
import type { SceneNode } from '../scene/node';
import type { Lane, Scene } from '../scene/scene';
import type { LabelPaint } from './label';
import type { Frame, Look, Veil } from './look';
import type { Palette } from './palette';
import type { Cover } from './tile';

/** Where something is painted. */
interface Place {
  rect: Rect;
  /** What clips it. */
  lane: Lane | undefined;
}

/** The colours of a step. */
export type Inks = LabelPaint['palette'] & Pick<Palette, 'accent' | 'paper' | 'window' | 'windowHalo'>;

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
