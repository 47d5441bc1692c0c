/**
 * The elastic view of a convolution's unit: for every input that it reads a row of the input's tile, its kernel, the intermediate map and
 * the part of the sum that comes from it; then the sum with the bias, and the unit's own tile. `elasticWide.ts` and `elasticPortrait.ts` say
 * where these stand; this file says which there are and how large they are.
 */
import { boxKey, columns, type Column } from './column';
import { sourceRange } from './edges';
import { elasticPortrait } from './elasticPortrait';
import { elasticWide } from './elasticWide';
import type { Rect } from './geometry';
import { spread, type Spread } from './lane';
import * as px from './measures';
import { nodeKey, type Flow, type NodeKind, type SceneNode } from './node';
import {
  focusUnit,
  layoutFor,
  type Box,
  type Lane,
  type Scene,
  type SceneInput,
  type Viewport,
} from './scene';

/** What an elastic view is made of. */
export interface Cast {
  all: readonly Column[];
  focus: Column;
  source: Column;
  unit: number;
  /** The first input that the unit reads, and how many it reads. */
  first: number;
  count: number;
  /** Rows and columns of a kernel. */
  kernel: readonly [number, number];
  hasBias: boolean;
  /** The input whose formula is open, if one is. */
  chosen: number | null;
}

/** The scene of an open convolution. */
export function elasticScene(input: SceneInput): Scene {
  const cast = castOf(input);
  return layoutFor(input.viewport) === 'wide' ? elasticWide(cast, input) : elasticPortrait(cast, input);
}

function castOf({ network, view }: SceneInput): Cast {
  const all = columns(network);
  const named = view.focus.kind === 'unit' || view.focus.kind === 'link' ? view.focus.layer : network.output;
  const focus = all.find((column) => column.layer.id === named);
  const source = all.find((column) => column.layer.id === focus?.layer.inputs[0]);
  const op = focus?.layer.op;
  if (!focus || !source || op?.type !== 'conv')
    throw new RangeError(`no convolution is open: ${JSON.stringify(view.focus)}`);
  const unit = focusUnit(view.focus) ?? 0;
  const [first, end] = sourceRange(focus, source.boxes, unit);
  return {
    all,
    focus,
    source,
    unit,
    first,
    count: end - first,
    kernel: op.kernel,
    hasBias: focus.layer.weights.length > 1,
    chosen: view.focus.kind === 'link' ? view.focus.input : null,
  };
}

/** The type of numbers in rows, in px: of weights at least and at most, and of what is added up. */
export function typeFor(viewport: Viewport): { least: number; most: number; term: number } {
  if (viewport.projector) return { least: px.TYPE_PX.far, most: 18, term: 18 };
  return viewport.touch
    ? { least: px.TYPE_PX.touch, most: 15, term: 14 }
    : { least: px.TYPE_PX.near, most: 14, term: 13 };
}

/** Width of a number beside its type: sign, digit, point and decimals with space around them. */
export const NUMBER_EM = { weight: 3.4, term: 5 };

/** The size of a kernel in a row: large enough for its numbers where there is room, else a square of colours. */
export function kernelSize(
  [rows, cells]: readonly [number, number],
  room: { width: number; height: number; type: { least: number; most: number } },
): { width: number; height: number } {
  const fits = Math.floor(Math.min((room.height / rows) * 0.82, room.width / cells / NUMBER_EM.weight));
  const size = Math.min(fits, room.type.most);
  if (size >= room.type.least)
    return {
      width: Math.ceil(cells * size * NUMBER_EM.weight),
      height: Math.min(rows * size * 1.7, room.height),
    };
  const cell = Math.min(room.height / rows, room.width / cells, COLOUR_PX);
  return { width: cell * cells, height: cell * rows };
}

/** Largest cell of a kernel without numbers, in px. */
const COLOUR_PX = 18;

/** Where the parts of a row stand, in px from the left of the scene, and how large they are. */
export interface RowPlan {
  tile: number;
  kernel: { width: number; height: number };
  term: { width: number; height: number } | null;
  x: { input: number; kernel: number; map: number; term: number };
}

/** The rows of an elastic view: one lane in which they scroll together. */
export interface Rows {
  lane: Lane;
  boxes: Box[];
  nodes: SceneNode[];
  flows: Flow[];
  /** Keys of what the sum is made of, in sight. */
  ends: string[];
}

interface RowsPlace {
  rect: Rect;
  plan: RowPlan;
  minPitch: number;
  maxPitch: number;
  scrolls: SceneInput['scrolls'];
}

/** How the rows of an elastic view share a height. */
export function rowSpread(
  cast: Cast,
  { rect, minPitch, maxPitch, scrolls }: Omit<RowsPlace, 'plan'>,
): Spread {
  const scroll = scrolls.get(laneOf(cast)) ?? 0;
  return spread({ length: rect.height, count: cast.count, minPitch, maxPitch, scroll });
}

/** The lane of the rows. */
export function laneOf({ focus }: Cast): string {
  return `elastic ${focus.layer.id}`;
}

/** The rows in sight. */
export function rowsOf(cast: Cast, place: RowsPlace): Rows {
  const { rect, plan } = place;
  const at = rowSpread(cast, place);
  const key = laneOf(cast);
  const lane: Lane = {
    key,
    group: key,
    axis: 'vertical',
    ...rect,
    content: at.content,
    scroll: at.scroll,
    pitch: at.pitch,
    first: cast.first,
  };
  const made: Rows = { lane, boxes: [], nodes: [], flows: [], ends: [] };
  for (let i = at.first; i < at.end; i += 1) {
    const middle = rect.y + at.slot(i) + at.pitch / 2;
    addRow(made, cast, { input: cast.first + i, middle, plan });
  }
  return made;
}

function addRow(
  rows: Rows,
  cast: Cast,
  { input, middle, plan }: { input: number; middle: number; plan: RowPlan },
) {
  const { focus, source, chosen } = cast;
  const emphasis = chosen === null || chosen === input ? 'strong' : 'plain';
  const tile = square({ x: plan.x.input, middle, side: plan.tile });
  const from = boxKey(source.layer.id, input);
  rows.boxes.push({
    key: from,
    layer: source.layer.id,
    box: input,
    unit: input * source.unitsPerBox,
    kind: source.kind,
    lane: rows.lane.key,
    emphasis,
    ...tile,
  });
  const node = (kind: NodeKind, rect: Rect) => {
    const key = nodeKey(kind, focus.layer.id, input);
    rows.nodes.push({
      key,
      kind,
      layer: focus.layer.id,
      unit: cast.unit,
      input,
      lane: rows.lane.key,
      from,
      emphasis,
      ...rect,
    });
    return key;
  };
  const kernel = node('kernel', centred(plan.x.kernel, middle, plan.kernel));
  const map = node('map', square({ x: plan.x.map, middle, side: plan.tile }));
  const end = plan.term ? node('term', centred(plan.x.term, middle, plan.term)) : map;
  rows.ends.push(end);
  rows.flows.push(flow(from, kernel, 'right'), flow(kernel, map, 'right'));
}

/** A flow between two keys. */
export function flow(from: string, to: string, bend: Flow['bend']): Flow {
  return { key: `${from} → ${to}`, from, to, bend, emphasis: 'plain' };
}

function square({ x, middle, side }: { x: number; middle: number; side: number }): Rect {
  return { x, y: middle - side / 2, width: side, height: side };
}

/** A rectangle of a size around a height. */
export function centred(
  x: number,
  middle: number,
  { width, height }: { width: number; height: number },
): Rect {
  return { x, y: middle - height / 2, width, height };
}

/** The unit's own tile, in a lane of its own. */
export function ownTile({ focus, unit }: Cast, rect: Rect): { box: Box; lane: Lane } {
  const key = `elastic ${focus.layer.id} own`;
  const box: Box = {
    key: boxKey(focus.layer.id, unit),
    layer: focus.layer.id,
    box: unit,
    unit,
    kind: focus.kind,
    lane: key,
    emphasis: 'strong',
    ...rect,
  };
  const lane: Lane = {
    key,
    group: key,
    axis: 'vertical',
    ...rect,
    content: rect.height,
    scroll: 0,
    pitch: rect.height,
  };
  return { box, lane };
}

/** A node of the unit itself. */
export function ownNode({ focus, unit }: Cast, kind: NodeKind, rect: Rect): SceneNode {
  const layer = focus.layer.id;
  return {
    key: nodeKey(kind, layer),
    kind,
    layer,
    unit,
    input: null,
    lane: '',
    from: boxKey(layer, unit),
    emphasis: 'strong',
    ...rect,
  };
}
