/** The pixels of one picture in one set of scales: an atlas per layer, made when it is first drawn, and a sheet, when it is first moved. */
import type { LayerMaps } from '../data/overview';
import { atlasOf, type Atlas } from '../paint/atlas';
import type { Palette } from '../paint/palette';
import { scaleOf, type RangedGroup } from '../paint/reach';
import type { Scale } from '../paint/scale';
import { sheetOf, type Sheet } from '../paint/sheet';
import type { Box } from '../scene/scene';
import type { Shown } from './show.svelte';

/** Atlases of one show. */
export class Atlases {
  readonly shown: Shown;
  readonly #scales: ReadonlyMap<string, Scale>;
  readonly #made = new Map<string, Atlas | null>();
  readonly #sheets = new Map<string, Sheet | null>();

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
    return this.#kept(this.#made, box, atlasOf);
  }

  /** The sheet to show a box of. */
  sheet(box: Box): Sheet | null {
    return this.#kept(this.#sheets, box, sheetOf);
  }

  /** Gives the memory of the sheets back. */
  end(): void {
    for (const sheet of this.#sheets.values()) if (sheet) URL.revokeObjectURL(sheet.url);
    this.#sheets.clear();
  }

  #kept<T>(all: Map<string, T | null>, box: Box, make: Make<T>): T | null {
    const form = box.kind === 'strip' ? formOf(box) : 'map';
    const key = `${box.layer} ${form}`;
    const before = all.get(key);
    if (before !== undefined) return before;
    const made = this.#make(box, form, make);
    all.set(key, made);
    return made;
  }

  #make<T>(box: Box, form: Form, make: Make<T>): T | null {
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
    }[form];
    return make(maps, scale, size);
  }
}

type Make<T> = (maps: LayerMaps, scale: Scale, size: { width: number; height: number }) => T | null;

type Form = 'map' | 'tall' | 'long';

/** In a column the elements of a strip follow downwards, in a row to the right; in a grid it is shown as its map. */
function formOf(box: Box): Form {
  if (box.height > box.width * 1.6) return 'tall';
  return box.width > box.height * 1.1 ? 'long' : 'map';
}
