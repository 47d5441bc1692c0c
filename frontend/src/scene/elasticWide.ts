/**
 * The elastic view on a wide screen: the columns slide apart, and the rows, the sum and the unit's tile stand between them; the card with a
 * formula follows to the right.
 */
import { flow, ownNode, rowsOf, rowSpread, type Cast } from './elastic';
import { blockFor, planOf, ROW_GAP_PX } from './elasticBlock';
import { ARROW_PX, EDGE_PX, ending, NOTE_GAP_PX, rowNotes } from './elasticEnd';
import { flanks } from './flank';
import { clamp, type Rect } from './geometry';
import * as px from './measures';
import type { Flow, Note, SceneNode } from './node';
import type { Box, Label, Lane, Scene, SceneInput, Viewport } from './scene';
import { bandOf } from './wide';

/** Least and greatest distance of two rows, in px: the numbers of a kernel of 3 × 3 are legible in the least. */
const PITCH_PX = { near: 48, touch: 62, most: 200 };
/** Height from which there is room for captions above the rows, in px. */
const NOTED_PX = 500;
/** Height of these captions: three lines; two on a phone that lies. */
const NOTE_PX = { near: 60, far: 84, lying: 46 };
/** How far the caption of the sum reaches to its left where it stands beside the others, in px. */
const CAPTION_PX = 40;
/** Least height for bias, unit and sum beside rows with captions, in px. */
const ENDING_PX = 180;
/** Height of the place for the controls, in px: two lines of them where there is room, one where height is short. */
const BAR_PX = { tall: 80, short: 60, far: 44 };
/** Least width of the card with a formula, in px, and as part of the screen. */
const CARD_PX = { min: 480, share: 0.46 };
/** Part of the width that the context has a right to. */
const CONTEXT_SHARE = { unit: 0.2, link: 0.08 };

/** The elastic view between the columns. */
export function elasticWide(cast: Cast, input: SceneInput): Scene {
  const { viewport } = input;
  const { all, focus, source, unit, chosen } = cast;
  const band = bandOf(input, all);
  const tall = viewport.height >= NOTED_PX;
  const size = viewport.projector ? 'far' : tall ? 'near' : 'lying';
  const bar = chosen === null ? BAR_PX[viewport.projector ? 'far' : tall ? 'tall' : 'short'] : 0;
  const pitch = { minPitch: viewport.touch ? PITCH_PX.touch : PITCH_PX.near, maxPitch: PITCH_PX.most };
  const least = Math.max(cast.count * pitch.minPitch, ENDING_PX);
  const rest = viewport.height - band.top - bar - px.MARGIN_PX - least;
  // Few rows leave room for captions where height is short, too.
  const captioned = tall || (chosen === null && rest >= NOTE_PX[size]);
  const top = band.top + (captioned ? NOTE_PX[size] : 0);
  const height = Math.max(viewport.height - top - bar - px.MARGIN_PX, PITCH_PX.near);

  const cardLeast = chosen === null ? 0 : Math.max(CARD_PX.min, viewport.width * CARD_PX.share);
  const at = rowSpread(cast, { rect: { x: 0, y: top, width: 0, height }, ...pitch, scrolls: input.scrolls });
  const before = all.slice(0, focus.index).filter((column) => column !== source);
  const share = chosen === null ? CONTEXT_SHARE.unit : CONTEXT_SHARE.link;
  const blockIn = (room: number) => blockFor(cast, { viewport, row: at.pitch - ROW_GAP_PX, height, room });
  const beside = 4 * px.MARGIN_PX + cardLeast + cornerOf(input, before.length);
  const first = blockIn(viewport.width * (1 - share) - beside);

  const sides = flanks(input, band, {
    before,
    after: all.slice(focus.index),
    room: viewport.width - first.width - px.MARGIN_PX - beside,
    isNear: (column) => column === focus,
    kept: 0,
  });
  const left = Math.max(sides.left + px.MARGIN_PX, viewport.projector?.corner.width ?? 0);
  const room = sides.right - px.MARGIN_PX - left;
  // What the context has no use for is the block's, unless a card stands beside it.
  const block = chosen === null ? blockIn(room) : first;
  const noted = captioned && block.fullness === 'ample';
  const lies = noted && !tall;
  const x = chosen === null ? left + Math.max((room - block.width) / 2, 0) : left;
  const plan = planOf(block, x);
  const end = plan.term ? plan.x.term + plan.term.width : plan.x.map + plan.tile;
  // Up to the name above the unit's tile; where height is short, the bias reaches up beside it.
  const nameLimit = x + block.width - (block.fullness === 'rows' ? 0 : (block.own + LABEL_PX) / 2);
  const nameEnd =
    tall || block.fullness === 'rows' ? nameLimit : Math.min(nameLimit, end + block.gaps.sum - 20);
  const rect = { x: plan.x.input - EDGE_PX, y: top, width: end - plan.x.input + 2 * EDGE_PX, height };
  const rows = rowsOf(cast, { rect, plan, ...pitch, scrolls: input.scrolls });

  const boxes: Box[] = [
    ...sides.boxes.filter((box) => block.fullness === 'rows' || !isOwn(cast, box)),
    ...rows.boxes,
  ];
  for (const box of boxes) if (box.layer === focus.layer.id && box.box !== unit) box.emphasis = 'plain';
  const lanes: Lane[] = [...sides.lanes, rows.lane];
  const nodes: SceneNode[] = [...rows.nodes];
  const flows: Flow[] = [...rows.flows];
  const notes: Note[] = [];
  const labels: Label[] = [
    { layer: source.layer.id, ...over(plan.x.input, plan.tile, band.top), emphasis: 'strong' },
  ];
  nodes.push(
    ownNode(cast, 'heading', {
      x: plan.x.map - EDGE_PX,
      y: 0,
      width: clamp(HEADING_PX, end - plan.x.map + 2 * EDGE_PX, nameEnd - plan.x.map),
      height: band.top,
    }),
  );
  const sumX = end + block.gaps.sum - CAPTION_PX;
  if (noted)
    notes.push(
      ...rowNotes(plan, {
        y: band.top,
        height: NOTE_PX[size],
        first: rows.boxes[0],
        end,
        sum: end + block.gaps.sum - NOTE_GAP_PX,
        // On a phone that lies the caption of the sum stands beside them.
        limit: lies ? sumX - NOTE_GAP_PX : x + block.width,
      }),
    );

  if (block.fullness !== 'rows') {
    const above = {
      x: sumX,
      y: band.top,
      width: sides.right - px.MARGIN_PX - sumX,
      height: NOTE_PX.lying - ARROW_PX,
    };
    const part = ending(cast, {
      block,
      viewport,
      rect,
      x: end + block.gaps.sum,
      noted: noted && tall ? NOTE_PX[size] : 0,
      above: lies ? above : null,
    });
    boxes.push(part.box);
    lanes.push(part.lane);
    nodes.push(...part.nodes);
    notes.push(...part.notes);
    flows.push(...part.flows, ...rows.ends.map((key) => flow(key, part.sum.key, 'right')));
    labels.push({ layer: focus.layer.id, ...over(part.box.x, part.box.width, band.top), emphasis: 'strong' });
  }
  const cardX = x + block.width + px.MARGIN_PX;
  return {
    layout: 'wide',
    width: viewport.width,
    height: viewport.height,
    boxes,
    lanes,
    labels,
    legends: [],
    nodes,
    flows,
    notes,
    staged: 'elastic',
    open:
      chosen === null
        ? null
        : {
            x: cardX,
            y: px.MARGIN_PX / 2,
            width: sides.right - px.MARGIN_PX - cardX,
            height: viewport.height - px.MARGIN_PX,
          },
    bar: chosen === null ? barAt(viewport, { left, right: sides.right - px.MARGIN_PX, height: bar }) : null,
    flow: 'right',
    bundles: false,
  };
}

/** What the corner that is left free takes of the width, beside the columns that stand above it. */
function cornerOf({ viewport }: SceneInput, columnsAbove: number): number {
  const taken = columnsAbove * (px.CONTEXT_TILE_PX.min + px.CONTEXT_GAP_PX);
  return Math.max((viewport.projector?.corner.width ?? 0) - taken, 0);
}

/** Least width of the name of the intermediate maps, in px. */
const HEADING_PX = 140;
/** Least width of a layer's name, in px. */
const LABEL_PX = 84;

function over(x: number, width: number, height: number): Rect {
  const wide = Math.max(width, LABEL_PX);
  return { x: Math.max(x + (width - wide) / 2, 0), y: 0, width: wide, height };
}

function isOwn({ focus, unit }: Cast, box: Box): boolean {
  return box.layer === focus.layer.id && box.box === unit;
}

function barAt(
  viewport: Viewport,
  { left, right, height }: { left: number; right: number; height: number },
): Rect {
  return { x: left, y: viewport.height - height, width: right - left, height };
}
