/** What a box is called and which values it has, for screen readers, chips and captions. */
import type { Overview } from '../data/overview';
import { m } from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import type { Box } from '../scene/scene';
import type { Asking } from './asking.svelte';
import { layerOf, unitName } from './names';
import { figure, precise } from './numbers';
import type { Shown } from './show.svelte';

/** A box's own name and its values as text. */
export interface BoxRange {
  name: string;
  range: string;
  /** The same in less room. */
  span: string;
}

type Named = Pick<Box, 'key' | 'layer' | 'unit' | 'box' | 'kind'>;

// The same boxes are named in every scene of a picture, a hundred at a time.
const kept = new WeakMap<Overview, Map<string, BoxRange>>();

/** A box's own name, without its layer, and its values. */
export function boxRange(shown: Shown, box: Named): BoxRange {
  const ranges = kept.get(shown.overview) ?? new Map<string, BoxRange>();
  kept.set(shown.overview, ranges);
  const key = `${getLocale()} ${box.key}`;
  const range = ranges.get(key) ?? rangeOf(shown, box);
  ranges.set(key, range);
  return range;
}

function rangeOf({ network, overview }: Shown, box: Named): BoxRange {
  const layer = layerOf(network, box.layer);
  const strip = box.kind === 'strip';
  // A part of a strip is a map of the layer before: named and ranged as that.
  const mapsOf = strip ? (layer?.inputs[0] ?? '') : box.layer;
  const maps = overview.layers.get(mapsOf);
  const at = strip ? box.box : box.unit;
  const low = maps?.min[at] ?? 0;
  const high = maps?.max[at] ?? 0;
  if (box.kind === 'class')
    return { name: layer ? unitName(network, layer, at) : '', range: precise(high), span: precise(high) };
  const named = strip ? layerOf(network, mapsOf) : layer;
  const name = named ? unitName(network, named, at) : '';
  if (low === high) return { name, range: figure(low), span: figure(low) };
  const ends = { low: figure(low), high: figure(high) };
  return { name, range: m.unit_range(ends), span: m.unit_span(ends) };
}

/** A box's full name: 'conv_1_1, unit 4, from −0.31 to 0.87'; without the numbers that a question covers. */
export function boxName(shown: Shown, box: Named, covers: Asking['covers'] = null): string {
  const { name, range } = boxRange(shown, box);
  if (box.kind === 'class' ? covers === 'scores' : covers === 'ranges')
    return box.kind === 'class' ? name : m.unit_map_title({ layer: box.layer, unit: name });
  return box.kind === 'class'
    ? m.unit_class_name({ label: name, probability: range })
    : m.unit_full_name({ layer: box.layer, unit: name, range });
}

/** Boxes by the lane they lie in. */
export function boxesByLane(boxes: readonly Box[]): ReadonlyMap<string, readonly Box[]> {
  const found = new Map<string, Box[]>();
  for (const box of boxes) {
    const list = found.get(box.lane);
    if (list) list.push(box);
    else found.set(box.lane, [box]);
  }
  return found;
}
