/** What stands around the rows of a wide elastic view: captions above them, and at their end the sum, the bias, the unit and its value. */
import { centred, flow, NUMBER_EM, ownNode, ownTile, typeFor, type Cast, type RowPlan } from './elastic';
import { ROW_GAP_PX, TILE_PX, TOTAL_PX, type Block } from './elasticBlock';
import { clamp, type Rect } from './geometry';
import * as px from './measures';
import type { Note, SceneNode } from './node';
import type { Viewport } from './scene';

/** Distance from the sum up to the bias, in px; and at least. */
const BIAS_GAP_PX = { own: 14, least: 4 };
/** Space at the ends of a row, within its lane, in px. */
export const EDGE_PX = 6;

interface NotePlace {
  y: number;
  height: number;
  first: Rect | undefined;
  end: number;
  /** Where the caption of the sum begins, if it stands at the same height. */
  sum: number;
  /** Where what stands beside begins. */
  limit: number;
}

/** The captions above the rows: about the kernels, and about what they do. */
export function rowNotes(plan: RowPlan, { y, height, first, end, sum, limit }: NotePlace): Note[] {
  if (!first) return [];
  const middle = first.y + first.height / 2;
  const kernelTop = middle - plan.kernel.height / 2;
  const mapTop = middle - plan.tile / 2;
  // Near the row where that stands far down; then beside the caption of the sum, with more room above.
  const lowest = Math.min(kernelTop, mapTop) - ARROW_MOST_PX;
  const isMoved = lowest > y + height;
  const top = isMoved ? Math.max(y, lowest - NOTE_TALLEST * height) : y;
  const bottom = (isMoved ? lowest : y + height) - ARROW_PX;
  const place = { y: top, height: bottom - top, stands: 'bottom' as const };
  const split = Math.max(plan.x.map - NOTE_GAP_PX / 2 - EDGE_PX, plan.x.input + KERNEL_NOTE_PX);
  return [
    {
      key: 'note kernel',
      message: 'kernel',
      ...place,
      x: plan.x.input - EDGE_PX,
      width: split - NOTE_GAP_PX / 2 - plan.x.input + EDGE_PX,
      anchor: { x: plan.x.kernel + plan.kernel.width / 2, y: kernelTop - 3 },
    },
    {
      key: 'note slide',
      message: 'slide',
      ...place,
      x: split + NOTE_GAP_PX / 2,
      width: Math.min(Math.max(end - split, NOTE_MOST_PX), (isMoved ? sum : limit) - split),
      anchor: { x: plan.x.map + plan.tile / 2, y: mapTop - 3 },
    },
  ];
}

/** Height of the line with the name of the bias, in px; where height is short. */
const NAME_PX = { ample: 22, tight: 18 };
/** Least length of an arrow, in px, and how far a caption is at most. */
export const ARROW_PX = 10;
const ARROW_MOST_PX = 40;
/** Space between two captions, in px. */
export const NOTE_GAP_PX = 14;
/** How much higher than above the rows a caption may grow where nothing is over it. */
const NOTE_TALLEST = 1.5;
/** Least width of a caption, in px. */
const NOTE_LEAST_PX = 150;
/** Width in which the caption of the kernels has three lines, in px. */
const KERNEL_NOTE_PX = 156;
/** Greatest width of a caption, in px. */
const NOTE_MOST_PX = 250;

/** Width of the name of the bias where it stands beside it, and the space between them, in px. */
const NAME_BESIDE_PX = 56;
const NAME_GAP_PX = 6;

/** Where the name of the bias stands: above it or, where the picture ends there, before it; `null` where it has room in neither place. */
export function nameOfBias(nodes: readonly SceneNode[]): (Rect & { side: 'above' | 'before' }) | null {
  const bias = nodes.find(({ kind }) => kind === 'bias');
  const heading = nodes.find(({ kind }) => kind === 'heading');
  if (!bias) return null;
  const height = NAME_PX.ample;
  if (bias.y >= height) return { side: 'above', x: bias.x, y: bias.y - height, width: bias.width, height };
  const x = bias.x - NAME_GAP_PX - NAME_BESIDE_PX;
  if (heading && heading.x + heading.width > x) return null;
  return { side: 'before', x, y: bias.y, width: NAME_BESIDE_PX, height: bias.height };
}

interface EndPlace {
  block: Block;
  viewport: Viewport;
  /** The rows. */
  rect: Rect;
  /** Where the sum begins. */
  x: number;
  /** Height of a caption, 0 where there is none. */
  noted: number;
  /** Where the caption stands on a phone that lies: then everything else stands below it. */
  above: Rect | null;
}

/** The sum, the bias, the unit's tile and the sum in numbers. */
export function ending(cast: Cast, { block, viewport, rect, x, noted, above }: EndPlace) {
  const far = viewport.projector ? 'far' : 'near';
  // Where the least tile has no room above it, not even with the margin below the rows, the sum in numbers is left out: its parts stand
  // beside it.
  const left = rect.height - TOTAL_PX[far] - ROW_GAP_PX;
  const isWritten = cast.chosen === null && left + px.MARGIN_PX >= TILE_PX.min;
  const written = isWritten ? TOTAL_PX[far] : 0;
  const below = written > 0 ? written + ROW_GAP_PX : 0;
  const type = typeFor(viewport);
  const chip = { width: Math.ceil(type.term * NUMBER_EM.term), height: Math.ceil(type.term * 1.7) };
  // The unit's tile is no larger than leaves room for bias and sum above its middle.
  const over = above
    ? above.y + above.height + NAME_PX.tight + chip.height + BIAS_GAP_PX.own + block.sum / 2
    : 0;
  const most = above ? 2 * (rect.y + rect.height - below - over) : block.own;
  const own = clamp(Math.min(block.own, most), TILE_PX.min, rect.height - below);
  // Height that the bias and its name need above the unit's tile; the line of the layers' names is free there.
  const lead = chip.height + BIAS_GAP_PX.own + NAME_PX.ample - (own - block.sum) / 2 - px.LABEL_PX.brief;
  const rest = rect.height - own - below;
  const ownRect = {
    x: x + block.sum + block.gaps.own,
    y: rect.y + (above ? rest : clamp(Math.min(Math.max(rest / 2, lead), rest), 0, rest)),
    width: own,
    height: own,
  };
  const middle = ownRect.y + own / 2;
  const sum = ownNode(cast, 'sum', centred(x, middle, { width: block.sum, height: block.sum }));
  const { box, lane } = ownTile(cast, ownRect);
  const nodes = [sum];
  const flows = [flow(sum.key, box.key, 'right')];
  if (cast.hasBias) {
    const biasX = sum.x + sum.width / 2 - chip.width / 2;
    // Nearer to the sum where the picture ends above it.
    const gap = clamp(sum.y - chip.height, BIAS_GAP_PX.least, BIAS_GAP_PX.own);
    const bias = ownNode(cast, 'bias', { ...chip, x: biasX, y: sum.y - gap - chip.height });
    nodes.push(bias);
    flows.push(flow(bias.key, sum.key, 'down'));
  }
  const right = ownRect.x + own;
  if (written > 0) {
    const width = right - x;
    nodes.push(
      ownNode(cast, 'total', {
        x: right - width,
        y: ownRect.y + own + ROW_GAP_PX,
        width,
        height: written,
      }),
    );
  }
  const notes: Note[] = [];
  const beside = nodes.find(({ kind }) => kind === 'bias') ?? sum;
  const note = {
    key: 'note sum',
    message: cast.hasBias ? ('sum' as const) : ('plainSum' as const),
    stands: 'bottom' as const,
    anchor: { x: sum.x + sum.width + 1, y: sum.y + sum.height / 4 },
  };
  // Between the bias and the unit's tile.
  if (above) notes.push({ ...note, ...above, start: (beside.x + beside.width + ownRect.x) / 2 });
  else if (noted > 0 && written > 0) {
    const start = beside.x + beside.width + ARROW_PX;
    // Above the unit where it is wide enough, else above the bias: then the arrow passes that on its right.
    const isAmple = right - start >= NOTE_LEAST_PX;
    const from = isAmple ? start - ARROW_PX / 2 : x;
    const under = isAmple ? ownRect.y - ROW_GAP_PX : beside.y - NAME_PX.ample;
    const y = Math.min(
      Math.max(under - NOTE_TALLEST * noted, rect.y),
      Math.max(under - noted + ARROW_PX, rect.y - noted),
    );
    notes.push({ ...note, x: from, y, width: right - from, height: under - y, start });
  }
  return { box, lane, sum, nodes, flows, notes };
}
