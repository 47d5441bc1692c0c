/** The pixels of one picture in one set of scales: an atlas per layer, made when it is first drawn. */
import { atlasOf, type Atlas } from '../paint/atlas';
import type { Palette } from '../paint/palette';
import { scaleOf, type RangedGroup } from '../paint/reach';
import type { Scale } from '../paint/scale';
import type { Box } from '../scene/scene';
import type { Shown } from './show.svelte';

/** Atlases of one show. */
export class Atlases {
  readonly shown: Shown;
  readonly #scales: ReadonlyMap<string, Scale>;
  readonly #made = new Map<string, Atlas | null>();

  constructor(shown: Shown, groups: readonly RangedGroup[], palette: Palette) {
    this.shown = shown;
    this.#scales = new Map(
      groups.flatMap((group) => {
        const scale = scaleOf(group, palette);
        return group.layers.map((layer): [string, Scale] => [layer, scale]);
      }),
    );
  }

  /** The scale of a layer. */
  scale(layer: string): Scale | null {
    return this.#scales.get(layer) ?? null;
  }

  /** The atlas to draw a box from. */
  of(box: Box): Atlas | null {
    const key = atlasKey(box);
    const before = this.#made.get(key);
    if (before !== undefined) return before;
    const made = this.#make(box);
    this.#made.set(key, made);
    return made;
  }

  #make(box: Box): Atlas | null {
    const { network, overview } = this.shown;
    const layer = network.layers.find((each) => each.id === box.layer);
    const scale = this.scale(box.layer);
    // A part of a strip is one map of the layer before, unrolled.
    const maps = overview.layers.get((box.kind === 'strip' ? layer?.inputs[0] : box.layer) ?? '');
    if (!maps || !scale) return null;
    const cells = maps.rows * maps.columns;
    const size = {
      map: { width: maps.columns, height: maps.rows },
      tall: { width: 1, height: cells },
      long: { width: cells, height: 1 },
    }[formOf(box)];
    return atlasOf(maps, scale, size);
  }
}

/** Boxes with the same key are drawn from the same atlas of a show. */
export function atlasKey(box: Box): string {
  return `${box.layer} ${formOf(box)}`;
}

type Form = 'map' | 'tall' | 'long';

/** In a column the elements of a strip follow downwards, in a row to the right; in a grid it is shown as its map. */
function formOf(box: Box): Form {
  if (box.kind !== 'strip') return 'map';
  if (box.height > box.width * 1.6) return 'tall';
  return box.width > box.height * 1.1 ? 'long' : 'map';
}
