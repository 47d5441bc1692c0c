/**
 * The block of a wide elastic view: how wide the parts of its rows, the sum and the unit's tile are. The fullest that fits; where they stand
 * says `elasticWide.ts`.
 */
import { kernelSize, NUMBER_EM, typeFor, type Cast, type RowPlan } from './elastic';
import { clamp } from './geometry';
import type { Viewport } from './scene';

/** Side of a tile in a row, in px: below `ample` only where rows are low, for captions are worth less; beyond the most it shows no more. */
export const TILE_PX = { min: 32, ample: 56, max: 140 };
/** Space above and below a row's tile, in px. */
export const ROW_GAP_PX = 8;
/** Height of the written sum: three lines. */
export const TOTAL_PX = { near: 76, far: 100 };
/** Side of the sign of the sum, in px. */
const SUM_PX = { near: 34, far: 44 };
/** The unit's tile, in px: at least, at least where there is room for everything, at most. */
const OWN_PX = { min: 56, ample: 120, max: 180 };
/** Gaps of a row: from the input to its kernel, on to the map, to its part of the sum, to the sum, to the unit. */
const GAPS = {
  ample: { kernel: 22, map: 22, term: 8, sum: 64, own: 30 },
  tight: { kernel: 12, map: 12, term: 0, sum: 36, own: 18 },
};
/** How far these may grow, in px. */
const SPARE_PX = { kernel: 26, map: 26, sum: 110, own: 40 };

/** How much is shown: everything; without what the card says, too; only the rows. */
export type Fullness = 'ample' | 'tight' | 'rows';

/** The block between the flanks: how wide its parts are. */
export interface Block {
  fullness: Fullness;
  tile: number;
  kernel: { width: number; height: number };
  term: { width: number; height: number } | null;
  sum: number;
  own: number;
  gaps: { kernel: number; map: number; term: number; sum: number; own: number };
  width: number;
}

/** What a block has to fit into. */
export interface BlockRoom {
  viewport: Viewport;
  /** Height of a row without the space around it. */
  row: number;
  /** Height of all rows in sight. */
  height: number;
  /** Width for the block. */
  room: number;
}

/** The fullest block that fits; what remains of the room goes to the gaps and to the unit's tile. */
export function blockFor(cast: Cast, room: BlockRoom): Block {
  const levels: Fullness[] = cast.chosen === null ? ['ample', 'tight'] : ['ample', 'tight', 'rows'];
  for (const fullness of levels) {
    const most = clamp(room.row, TILE_PX.min, TILE_PX.max);
    const least = fullness === 'ample' ? Math.min(most, TILE_PX.ample) : TILE_PX.min;
    for (let tile = most; tile >= least; tile -= 4) {
      const block = blockOf(cast, fullness, { ...room, tile });
      if (block.width <= room.room) return roomy(block, room);
    }
  }
  return blockOf(cast, levels.at(-1) ?? 'rows', { ...room, tile: TILE_PX.min });
}

function blockOf(
  { kernel: cells }: Cast,
  fullness: Fullness,
  { viewport, row, tile }: BlockRoom & { tile: number },
): Block {
  const type = typeFor(viewport);
  const far = viewport.projector ? 'far' : 'near';
  // A kernel is not much wider than the tiles beside it, as long as its numbers can be read.
  const legible = Math.ceil(cells[1] * type.least * NUMBER_EM.weight);
  const wide = Math.min(Math.max(tile * KERNEL_TO_TILE, legible), KERNEL_MOST_PX);
  const kernel =
    fullness === 'ample'
      ? kernelSize(cells, { width: wide, height: Math.min(row, KERNEL_MOST_PX), type })
      : kernelSize(cells, { width: tile, height: tile, type });
  const term =
    fullness === 'ample'
      ? { width: Math.ceil(type.term * NUMBER_EM.term), height: Math.ceil(type.term * 1.7) }
      : null;
  const gaps = { ...GAPS[fullness === 'ample' ? 'ample' : 'tight'] };
  const sum = SUM_PX[far];
  const own = fullness === 'ample' ? clamp(tile * 1.4, OWN_PX.min, OWN_PX.ample) : OWN_PX.min;
  const rows = 2 * tile + kernel.width + gaps.kernel + gaps.map + (term ? gaps.term + term.width : 0);
  const width = rows + (fullness === 'rows' ? 0 : gaps.sum + sum + gaps.own + own);
  return { fullness, tile, kernel, term, sum, own, gaps, width };
}

/** Largest kernel in a row, in px, and beside the tiles of the row. */
const KERNEL_MOST_PX = 168;
const KERNEL_TO_TILE = 1.3;

function roomy(block: Block, { room, height, viewport }: BlockRoom): Block {
  if (block.fullness !== 'ample') return block;
  const { gaps } = block;
  const total = TOTAL_PX[viewport.projector ? 'far' : 'near'];
  let spare = room - block.width;
  const more = (most: number) => {
    const each = Math.floor(clamp(spare, 0, most));
    spare -= each;
    return each;
  };
  const highest = Math.min(OWN_PX.max, height - total - ROW_GAP_PX);
  gaps.sum += more(SPARE_PX.sum / 2);
  const own = block.own + more(Math.max(highest - block.own, 0));
  gaps.own += more(SPARE_PX.own);
  gaps.kernel += more(SPARE_PX.kernel);
  gaps.map += more(SPARE_PX.map);
  gaps.sum += more(SPARE_PX.sum / 2);
  return { ...block, own, gaps, width: room - spare };
}

/** Where the parts of a row stand. */
export function planOf(block: Block, x: number): RowPlan {
  const { tile, kernel, term, gaps } = block;
  const kernelX = x + tile + gaps.kernel;
  const mapX = kernelX + kernel.width + gaps.map;
  return { tile, kernel, term, x: { input: x, kernel: kernelX, map: mapX, term: mapX + tile + gaps.term } };
}
