/**
 * The elastic view on a phone held upright: the rows below each other, the sum and the unit's tile at their end. The card with a formula is
 * a sheet below the rows, of which the chosen one stays in sight. Without a card the rest of the network follows below, as context.
 */
import {
  centred,
  flow,
  kernelSize,
  NUMBER_EM,
  ownNode,
  ownTile,
  rowsOf,
  rowSpread,
  typeFor,
} from './elastic';
import type { Cast, RowPlan } from './elastic';
import { boxKey } from './column';
import { clamp } from './geometry';
import * as px from './measures';
import type { Note } from './node';
import { NAME_PX, row, ROW_GAP_PX, type Row } from './portrait';
import type { Scene, SceneInput, Viewport } from './scene';

/** Height of the line with the names of the inputs and of the intermediate maps, in px. */
const HEAD_PX = 32;
/** Width of the name above the inputs, in px. */
const LABEL_PX = 110;
/** Height of the captions above the rows: four lines; there is none where height is short. */
const NOTE_PX = 80;
const NOTED_PX = 560;
/** Least and greatest distance of two rows, in px. */
const PITCH_PX = { min: 60, max: 96 };
/** Rows that are in sight in any case. */
const ROWS_LEAST = 2;
/** Height of the rows beside a card, in rows: the next one is seen to be there. */
const ROWS_BESIDE = 1.35;
/** Space above and below a row's tile, in px. */
const TILE_GAP_PX = 8;
/** Side of a tile in a row, in px. */
const TILE_PX = { min: 38, max: 76 };
/** Least and greatest gap in a row, in px. */
const GAP_PX = { min: 3, max: 14 };
/** Width of the way at the right of the rows, down to the sum, in px. */
const RAIL_PX = 30;
/** Side of the sign of the sum, in px. */
const SUM_PX = 36;
/** The unit's tile, in px. */
const OWN_PX = { min: 88, max: 160 };
/** Height of the written sum and of the caption above it, in px. */
const TOTAL_PX = { near: 78, far: 98 };
const SUM_NOTE_PX = 40;
/** Height of the controls, and of the two lines that a projector has instead, in px. */
const BAR_PX = { near: 116, far: 76 };
/** Space around the sum and below the unit's tile, in px. */
const END_GAP_PX = 9;
/** Height of the part of the context that is in sight before anything is scrolled, and of a screen that has room for it, in px. */
const PEEK_PX = px.TOUCH_PX + 8;
const PEEKED_PX = 680;
/** Least height of a sheet, in px. */
const SHEET_LEAST_PX = 320;

/** The elastic view as rows. */
export function elasticPortrait(cast: Cast, input: SceneInput): Scene {
  const { viewport } = input;
  const { focus, source, chosen } = cast;
  const inner = { x: px.MARGIN_PX, width: viewport.width - 2 * px.MARGIN_PX };
  const noted = chosen === null && viewport.height >= NOTED_PX;
  const top = HEAD_PX + (noted ? NOTE_PX : 0);
  const size = viewport.projector ? 'far' : 'near';
  const [bar, written] = [BAR_PX[size], TOTAL_PX[size]];
  const peek = viewport.height >= PEEKED_PX ? PEEK_PX : 0;
  const below = chosen === null ? endHeight(OWN_PX.min, written) + peek + bar : 0;
  const most = chosen === null ? viewport.height - top - below : PITCH_PX.min * ROWS_BESIDE;
  const least = Math.min(cast.count, chosen === null ? ROWS_LEAST : 1) * PITCH_PX.min;
  const height = Math.min(Math.max(most, least), cast.count * PITCH_PX.max);
  const pitch = { minPitch: PITCH_PX.min, maxPitch: PITCH_PX.max };
  // Wider than its rows: the line that tells how far it is scrolled stands beside the way down to the sum.
  const rect = { ...inner, width: inner.width + 8, y: top, height };
  const at = rowSpread(cast, { rect, ...pitch, scrolls: input.scrolls });
  const plan = planFor(cast, {
    viewport,
    row: at.pitch - TILE_GAP_PX,
    x: inner.x,
    width: inner.width - RAIL_PX,
  });
  const rows = rowsOf(cast, { rect, plan, ...pitch, scrolls: input.scrolls });

  const heading = ownNode(cast, 'heading', {
    x: inner.x + LABEL_PX,
    y: 0,
    width: inner.width - LABEL_PX,
    height: HEAD_PX,
  });
  const label = {
    layer: source.layer.id,
    x: inner.x,
    y: 3,
    width: LABEL_PX,
    height: HEAD_PX - 6,
  };
  const scene: Scene = {
    layout: 'portrait',
    width: viewport.width,
    height: Math.max(viewport.height, top + height + below),
    boxes: rows.boxes,
    lanes: [rows.lane],
    labels: [{ ...label, emphasis: 'strong' }],
    legends: [],
    nodes: [...rows.nodes, heading],
    flows: rows.flows,
    notes: [],
    staged: 'elastic',
    open: null,
    bar: null,
    flow: 'right',
    bundles: false,
  };
  if (chosen !== null) {
    const y = top + height + px.MARGIN_PX / 2;
    const open = { x: 0, y, width: viewport.width, height: Math.max(viewport.height - y, SHEET_LEAST_PX) };
    return { ...scene, open, height: y + open.height };
  }
  // Where few rows leave height over, it goes to the unit's tile.
  const own = clamp(OWN_PX.min + scene.height - top - height - below, OWN_PX.min, OWN_PX.max);
  const end = ending(cast, { viewport, y: top + height, own, written });
  const context = contextOf(cast, input, { ...inner, y: top + height + endHeight(own, written) });
  const total = Math.max(context.bottom + bar, viewport.height);
  return {
    ...scene,
    height: total,
    boxes: [...scene.boxes, end.box, ...context.boxes],
    lanes: [...scene.lanes, end.lane, ...context.lanes],
    labels: [...scene.labels, { layer: focus.layer.id, ...end.label, emphasis: 'strong' }, ...context.labels],
    nodes: [...scene.nodes, ...end.nodes],
    flows: [...scene.flows, ...end.flows, ...rows.ends.map((key) => flow(key, end.sum, 'corner'))],
    notes: [...(noted ? rowNotes(plan, { inner, first: rows.boxes[0] }) : []), ...end.notes],
    bar: { x: 0, y: total - bar, width: viewport.width, height: bar },
  };
}

interface PlanRoom {
  viewport: Viewport;
  row: number;
  x: number;
  width: number;
}

/** The parts of a row across the width: tiles as large as the numbers leave room for. */
function planFor({ kernel: cells }: Cast, { viewport, row, x, width }: PlanRoom): RowPlan {
  const type = typeFor({ ...viewport, touch: true });
  const term = { width: Math.ceil(type.term * 4.5), height: Math.ceil(type.term * 1.7) };
  const taken = term.width + 4 * GAP_PX.min;
  const most = width - taken - 2 * TILE_PX.min;
  const kernel = kernelSize(cells, { width: most, height: row, type: { ...type, most: type.least } });
  const tile = Math.floor(clamp((width - taken - kernel.width) / 2, TILE_PX.min, Math.min(TILE_PX.max, row)));
  const gap = clamp((width - term.width - kernel.width - 2 * tile) / 3, GAP_PX.min, GAP_PX.max);
  const kernelX = x + tile + gap;
  const mapX = kernelX + kernel.width + gap;
  return { tile, kernel, term, x: { input: x, kernel: kernelX, map: mapX, term: x + width - term.width } };
}

function rowNotes(
  plan: RowPlan,
  { inner, first }: { inner: { x: number; width: number }; first: { y: number; height: number } | undefined },
): Note[] {
  if (!first) return [];
  const middle = first.y + first.height / 2;
  const half = inner.width / 2 - 7;
  const place = { y: HEAD_PX, height: NOTE_PX - 10, stands: 'bottom' as const };
  return [
    {
      ...place,
      key: 'note kernel',
      message: 'kernel',
      x: inner.x,
      width: half,
      anchor: { x: plan.x.kernel + plan.kernel.width / 2, y: middle - plan.kernel.height / 2 - 3 },
    },
    {
      ...place,
      key: 'note slide',
      message: 'slide',
      x: inner.x + half + 14,
      width: inner.width - half - 14,
      anchor: { x: plan.x.map + plan.tile / 2, y: middle - plan.tile / 2 - 3 },
    },
  ];
}

/** The rest of the network: the units beside the open one, and, dimmed, the layers that follow. */
function contextOf(
  { all, focus, unit }: Cast,
  input: SceneInput,
  { x, width, y }: { x: number; width: number; y: number },
): Pick<Row, 'bottom'> & Pick<Scene, 'boxes' | 'lanes' | 'labels'> {
  const own = boxKey(focus.layer.id, unit);
  const rows: Row[] = [];
  for (const column of all.slice(focus.boxes > 1 ? focus.index : focus.index + 1)) {
    const above = rows.at(-1);
    const top = above ? above.bottom + ROW_GAP_PX[column.gap] : y;
    // The layer's name stands beside the sum.
    const name = column === focus ? 0 : NAME_PX;
    const place = { x, y: top, inner: width, tile: px.TOUCH_PX, name };
    const next = row(column, { ...place, input, open: true });
    const emphasis = column === focus ? 'plain' : 'dim';
    for (const each of [next.label, ...next.boxes]) each.emphasis = emphasis;
    rows.push(next);
  }
  return {
    bottom: (rows.at(-1)?.bottom ?? y) + px.MARGIN_PX,
    boxes: rows.flatMap(({ boxes }) => boxes).filter(({ key }) => key !== own),
    lanes: rows.map(({ lane }) => lane),
    labels: rows.map(({ label }) => label).filter(({ height }) => height > 0),
  };
}

/** Height of what follows the rows: a tile of `own` and a sum of `written` px. */
function endHeight(own: number, written: number): number {
  return SUM_PX + Math.max(own, SUM_NOTE_PX + written) + 3 * END_GAP_PX;
}

/** The sum, the bias, the unit's tile and the sum in numbers. */
function ending(
  cast: Cast,
  { viewport, y, own, written }: { viewport: Viewport; y: number; own: number; written: number },
) {
  const { term } = typeFor({ ...viewport, touch: true });
  const right = viewport.width - px.MARGIN_PX;
  const middle = y + END_GAP_PX + SUM_PX / 2;
  const sum = ownNode(cast, 'sum', {
    ...centred(right - SUM_PX, middle, { width: SUM_PX, height: SUM_PX }),
  });
  const below = sum.y + SUM_PX + END_GAP_PX;
  const { box, lane } = ownTile(cast, { x: right - own, y: below, width: own, height: own });
  const nodes = [sum];
  const flows = [flow(sum.key, box.key, 'down')];
  const chip = { width: Math.ceil(term * NUMBER_EM.term), height: Math.ceil(term * 1.7) };
  const bias = ownNode(cast, 'bias', centred(sum.x - 30 - chip.width, middle, chip));
  const wide = box.x - px.MARGIN_PX - px.MARGIN_PX;
  // Beside a large tile there is less room across, and more down.
  const note = Math.max(SUM_NOTE_PX, own - written);

  if (cast.hasBias) {
    nodes.push(bias);
    flows.push(flow(bias.key, sum.key, 'right'));
  }
  nodes.push(ownNode(cast, 'total', { x: px.MARGIN_PX, y: below + note, width: wide, height: written }));
  const anchor = cast.hasBias ? bias : sum;
  const notes: Note[] = [
    {
      key: 'note sum',
      message: cast.hasBias ? 'sum' : 'plainSum',
      x: px.MARGIN_PX,
      y: below,
      width: wide,
      height: note - 2,
      stands: 'top',
      anchor: { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height + 3 },
    },
  ];
  const label = { x: px.MARGIN_PX, y: middle - 12, width: bias.x - 60 - px.MARGIN_PX, height: 24 };
  return { box, lane, label, sum: sum.key, nodes, flows, notes };
}
