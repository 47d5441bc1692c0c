/**
 * A scene: where everything of a network's picture is, for one size of screen. Pure geometry in CSS pixels: no colours, no
 * values, no time. `wide.ts` and `portrait.ts` make scenes, `between.ts` moves from one to the next.
 */
import type { ColourScale, Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import type { BoxKind } from './column';
import { elasticScene } from './elastic';
import type { Rect } from './geometry';
import type { Flow, Note, SceneNode } from './node';
import { outputScene } from './output';
import { portraitScene } from './portrait';
import { wideScene } from './wide';

/** One unit on the screen: a tile, a value, a part of the strip or a class. */
export interface Box extends Rect {
  /** The same unit has the same key in every scene. */
  key: string;
  layer: string;
  /** Index of the box in its column. */
  box: number;
  /** The unit it opens. */
  unit: number;
  kind: BoxKind;
  /** The lane that clips it. */
  lane: string;
  /** `strong`: what the focus is about, or what feeds it; `dim`: context. */
  emphasis: 'plain' | 'strong' | 'dim';
}

/** A connection between two boxes, from the end of one to the beginning of the next along the flow. */
export interface Edge {
  from: string;
  to: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** A window onto boxes that scroll together along one axis. */
export interface Lane extends Rect {
  key: string;
  /** Lanes of the same group scroll together. */
  group: string;
  axis: 'vertical' | 'horizontal';
  /** Length of what scrolls in px: at most the lane's own length when nothing has to scroll. */
  content: number;
  /** How far it is scrolled, in px, never past the end. */
  scroll: number;
  /** Distance between two boxes along the axis, in px. */
  pitch: number;
  /** The box that stands first, where it is not the layer's first. */
  first?: number;
}

/** A layer's name above its column. */
export interface Label extends Rect {
  layer: string;
  emphasis: 'plain' | 'strong' | 'dim';
}

/** The key to the colours of some layers. */
export interface Legend extends Rect {
  key: string;
  kind: 'grey' | 'activation' | 'logit' | 'score';
  /** The layers it holds for. */
  layers: string[];
}

/** Where everything is. */
export interface Scene {
  layout: 'wide' | 'portrait';
  /** Size of all of it: at least the viewport in one direction, more where it scrolls as a whole. */
  width: number;
  height: number;
  boxes: Box[];
  lanes: Lane[];
  labels: Label[];
  legends: Legend[];
  /** What is no unit, what flows, and what is said about it. */
  nodes: SceneNode[];
  flows: Flow[];
  notes: Note[];
  /** Which view gives the nodes their looks: that of a convolution's unit, or that of the output. */
  staged: 'elastic' | 'output' | null;
  /** The place for the explanation of an open unit, or for the card with its formula. */
  open: Rect | null;
  /** The place for the controls of the kernel where no card has them. */
  bar: Rect | null;
  /** Along which axis the layers follow each other; `line`: all in one, and no edge has a way past the tiles between its ends. */
  flow: 'right' | 'down' | 'line';
  /** Whether the light edges of the whole network are shown, or only highlighted ones. */
  bundles: boolean;
}

/** The part of a scene that stages nothing. */
export function unstaged(): Pick<Scene, 'nodes' | 'flows' | 'notes' | 'staged' | 'bar'> {
  return { nodes: [], flows: [], notes: [], staged: null, bar: null };
}

/** The part of a stage that decides where things are. */
export interface View {
  focus: Focus;
  detail: boolean;
  scale: ColourScale;
}

/** What the screen offers. */
export interface Viewport {
  width: number;
  height: number;
  /** Whether it is touched with fingers: targets are at least 44 px. */
  touch: boolean;
  /** How much larger than it fits the overview is; 1 where nothing is said. */
  zoom?: number;
  /** A projector, read from the last row: names are larger, and a corner is not the picture's. */
  projector?: { corner: Corner };
}

/** The lower left corner in which something else stands, in CSS px. */
export interface Corner {
  width: number;
  height: number;
}

/** How far each group of lanes is scrolled, in px; 0 for a group that is not named. */
export type Scrolls = ReadonlyMap<string, number>;

/** Everything a layout needs. */
export interface SceneInput {
  network: Description;
  view: View;
  viewport: Viewport;
  scrolls: Scrolls;
}

/** Narrowest screen that always gets columns, in px. */
const WIDE_PX = 900;
/** Narrowest screen lying on its side that gets columns, in px. */
const LANDSCAPE_PX = 640;

/** Whether layers are columns (`wide`) or rows (`portrait`) on a screen. */
export function layoutFor(viewport: Viewport): Scene['layout'] {
  const lying = viewport.width >= LANDSCAPE_PX && viewport.width > viewport.height;
  return viewport.width >= WIDE_PX || lying ? 'wide' : 'portrait';
}

/** The scene of a network for a screen. */
export function scene(input: SceneInput): Scene {
  const layer = focusLayer(input.network, input.view.focus);
  const op = input.network.layers.find((each) => each.id === layer)?.op.type;
  if (op === 'conv' && input.view.focus.kind !== 'layer') return elasticScene(input);
  if (layoutFor(input.viewport) === 'portrait') return portraitScene(input);
  return outputScene(input) ?? wideScene(input);
}

/** The layer a focus is about, if it is about one. */
export function focusLayer(network: Description, focus: Focus): string | null {
  if (focus.kind === 'overview' || focus.kind === 'hyperparameters') return null;
  return focus.kind === 'class' ? network.output : focus.layer;
}

/** The unit a focus is about, if it is about one. */
export function focusUnit(focus: Focus): number | null {
  switch (focus.kind) {
    case 'overview':
    case 'layer':
    case 'hyperparameters':
      return null;
    case 'class':
      return focus.class;
    default:
      return focus.unit;
  }
}
