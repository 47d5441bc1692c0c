/** Who travels: the tiles of a way with their places at both ends. */
import { DIM } from '../../paint/network';
import type { Place, Traveller } from '../../paint/travel';
import type { MovingBox, MovingScene } from '../../scene/between';
import type { Box, Scene } from '../../scene/scene';
import { atlasKey } from '../atlases';

/** A box that is carried: the classes of the output are bars, which are not. */
export function travels({ kind }: Box): boolean {
  return kind !== 'class';
}

/** The tiles of a way: first those that go, then those that stay or come. */
export function travellersOf(from: MovingScene | null, to: Scene): Traveller[] {
  const starts = new Map((from?.boxes ?? []).filter(travels).map((box) => [box.key, box]));
  const staying = to.boxes.filter(travels).map((box): Traveller => {
    const start = starts.get(box.key);
    starts.delete(box.key);
    return traveller(box, start ? placeOf(start) : { ...placeOf(box), opacity: 0 }, placeOf(box));
  });
  const going = [...starts.values()].map((box) =>
    traveller(box, placeOf(box), { ...placeOf(box), opacity: 0 }),
  );
  return [...going, ...staying];
}

function traveller(box: Box, from: Place, to: Place): Traveller {
  return { atlas: atlasKey(box), tile: box.box, round: box.kind === 'value', from, to };
}

function placeOf(box: Box & Partial<MovingBox>): Place {
  const { x, y, width, height, emphasis, opacity = 1 } = box;
  return { x, y, width, height, opacity: opacity * (emphasis === 'dim' ? DIM : 1) };
}
