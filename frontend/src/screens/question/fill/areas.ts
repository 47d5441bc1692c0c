/** Which parts of a map can be filled: the one that suits it best comes first. Not what the parts contain: the server says that. */
import { m } from '../../../paraglide/messages.js';
import { FILL_CELLS_MOST, FILL_SIDE_LEAST, FILL_SIDE_MOST, type Area } from '../../../protocol/classroom';

/** Rows and columns that are offered first for a part: one cell each in a small class. */
const USUAL_SIDE = 3;

const SIDES = Array.from({ length: FILL_SIDE_MOST - FILL_SIDE_LEAST + 1 }, (_, i) => FILL_SIDE_LEAST + i);

/** The parts of a map of so many cells. */
export function areas(cells: number): Area[] {
  if (cells <= FILL_CELLS_MOST) return [{ kind: 'whole' }];
  const usualFirst = [USUAL_SIDE, ...SIDES.filter((side) => side !== USUAL_SIDE)];
  return (['patch', 'spread'] as const).flatMap((kind) => usualFirst.map((side) => ({ kind, side })));
}

export function areaName(area: Area, cells: number): string {
  switch (area.kind) {
    case 'whole':
      return m.fill_whole({ count: cells });
    case 'patch':
      return m.fill_patch({ side: area.side });
    case 'spread':
      return m.fill_spread({ side: area.side });
  }
}
