/**
 * The end of a network on a wide screen, while a dense unit or a class is open: maps, strip, sum with bias and logits, or logits, softmax
 * and classes, stand apart at the right; the card with the formula stands between them and the columns that stay as context.
 */
import { boxKey, columns, type Column } from './column';
import { flow } from './elastic';
import { flanks } from './flank';
import { clamp, type Rect } from './geometry';
import * as px from './measures';
import { nodeKey, type Flow, type NodeKind, type SceneNode } from './node';
import { holds, labels } from './open';
import { focusLayer, focusUnit, unstaged, type Box, type Scene, type SceneInput } from './scene';
import { bandOf, fill, widthOf, type Placed } from './wide';

/** Smallest screen on which the columns stand apart: below it they would leave no room for the card, in px. */
const LEAST_PX = { width: 1000, height: 520 };
/** Part of the width that the card has a right to. */
const CARD_SHARE = 0.44;
/** Sizes of what is no unit, in px. */
const SUM_PX = { width: 30, height: 30 };
const BIAS_PX = { width: 64, height: 26 };
const SOFTMAX_PX = { width: 78, height: 32 };
/** Space before a column: a little inside a block, more where everything is mixed and flows have to be told apart, in px. */
const GAP_PX = { small: 16, large: 40 };

/** What is open: a unit that adds up a strip, or a class among the others. */
interface Cast {
  all: readonly Column[];
  focus: Column;
  unit: number;
  source: Column;
  /** The columns that stand apart, from left to right. */
  apart: readonly Column[];
  /** What stands between the source and the open layer. */
  middle: 'sum' | 'softmax';
}

/** The scene of an open dense unit or class; `null` where something else is open or the screen has no room. */
export function outputScene(input: SceneInput): Scene | null {
  const { viewport } = input;
  if (viewport.width < LEAST_PX.width || viewport.height < LEAST_PX.height) return null;
  const cast = castOf(input);
  if (!cast) return null;
  const { all, focus, source, apart, unit } = cast;
  const band = bandOf(input, all);
  const { placed, left: block } = place(cast, input, Math.min(band.tile, px.NEAR_TILE_PX));
  const sides = flanks(input, band, {
    before: all.filter((column) => column.index < (apart[0]?.index ?? 0)),
    after: [],
    room: block - viewport.width * CARD_SHARE - 4 * px.MARGIN_PX,
    isNear: () => false,
    kept: 0,
  });
  const x = Math.max(sides.left + px.MARGIN_PX, viewport.projector?.corner.width ?? 0);
  const filled = fill(placed, band);
  for (const box of filled.boxes)
    if (box.layer === focus.layer.id && !holds(focus, box.box, unit)) box.emphasis = 'plain';
  const staged = stage(cast, { boxes: filled.boxes, placed, band });
  const open = {
    x,
    y: px.MARGIN_PX / 2,
    width: block - px.MARGIN_PX - x,
    height: viewport.height - px.MARGIN_PX,
  };
  return {
    ...unstaged(),
    layout: 'wide',
    width: viewport.width,
    height: viewport.height,
    boxes: [...sides.boxes, ...filled.boxes],
    lanes: [...sides.lanes, ...filled.lanes],
    labels: labels(
      placed.filter(({ column }) => column === focus || column === source),
      { height: band.top, width: viewport.width, open },
      null,
    ),
    legends: [],
    ...staged,
    staged: 'output',
    open,
    flow: 'right',
    bundles: false,
  };
}

function castOf({ network, view }: SceneInput): Cast | null {
  if (view.focus.kind === 'layer') return null;
  const all = columns(network);
  const focus = all.find((column) => column.layer.id === focusLayer(network, view.focus));
  const type = focus?.layer.op.type;
  if (!focus || (type !== 'dense' && type !== 'softmax')) return null;
  const source = all[focus.index - 1];
  if (!source || !focus.layer.inputs.includes(source.layer.id)) return null;
  const maps = type === 'dense' && source.kind === 'strip' ? all[source.index - 1] : undefined;
  const last = all.at(-1);
  const apart = [maps, source, focus, last?.index === focus.index + 1 ? last : undefined];
  return {
    all,
    focus,
    source,
    unit: focusUnit(view.focus) ?? 0,
    apart: apart.filter((column) => column !== undefined),
    middle: type === 'dense' ? 'sum' : 'softmax',
  };
}

/** The columns that stand apart, from the right edge of the screen. */
function place(
  { apart, focus, source, middle }: Cast,
  { viewport }: SceneInput,
  tile: number,
): { placed: Placed[]; left: number } {
  const between = 2 * GAP_PX.large + (middle === 'sum' ? BIAS_PX.width : SOFTMAX_PX.width);
  const placed: Placed[] = [];
  let left = viewport.width - px.MARGIN_PX;
  for (const column of [...apart].reverse()) {
    const width = column.kind === 'class' ? px.CLASS_NARROW_PX : widthOf(column, tile);
    const emphasis = column === focus || column === source || column.kind === 'map' ? 'strong' : 'dim';
    left -= width;
    placed.unshift({ column, x: left, width, emphasis });
    if (column !== apart[0])
      left -= column === focus ? between : column === source ? GAP_PX.small : GAP_PX.large;
  }
  // A name is wider than its column.
  return { placed, left: left - GAP_PX.small };
}

interface Place {
  boxes: readonly Box[];
  placed: readonly Placed[];
  band: { top: number; height: number };
}

/** The sum with its bias, or the softmax, at the height of the open unit; and what flows through it. */
function stage(cast: Cast, { boxes, placed, band }: Place): { nodes: SceneNode[]; flows: Flow[] } {
  const { focus, source, unit, middle } = cast;
  const own = boxes.find((box) => box.layer === focus.layer.id && holds(focus, box.box, unit));
  const from = placed.find(({ column }) => column === source);
  const to = placed.find(({ column }) => column === focus);
  if (!from || !to) return { nodes: [], flows: [] };
  const size = middle === 'sum' ? SUM_PX : SOFTMAX_PX;
  const x = (from.x + from.width + to.x - size.width) / 2;
  const low = band.top + BIAS_PX.height + size.height;
  const y =
    clamp(own ? own.y + own.height / 2 : 0, low, band.top + band.height - size.height) - size.height / 2;
  const node = (kind: NodeKind, rect: Rect): SceneNode => ({
    key: nodeKey(kind, focus.layer.id),
    kind,
    layer: focus.layer.id,
    unit,
    input: null,
    lane: '',
    from: boxKey(focus.layer.id, own?.box ?? unit),
    emphasis: 'strong',
    ...rect,
  });
  const main = node(middle, { x, y, ...size });
  const into = boxes
    .filter((box) => box.layer === source.layer.id)
    .map(({ key }) => flow(key, main.key, 'right'));
  const out = own ? [{ ...flow(main.key, own.key, 'right'), emphasis: 'strong' as const }] : [];
  if (middle === 'softmax' || focus.layer.weights.length < 2)
    return { nodes: [main], flows: [...into, ...out] };
  const bias = node('bias', {
    x: x + (size.width - BIAS_PX.width) / 2,
    y: y - BIAS_PX.height - size.height / 2,
    ...BIAS_PX,
  });
  return { nodes: [main, bias], flows: [...into, flow(bias.key, main.key, 'down'), ...out] };
}
