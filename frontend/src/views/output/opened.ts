/** An open unit of a dense or softmax layer: what it reads, and which boxes are framed or lit for it. Keys and cells; no values. */
import type { Frame } from '../../paint/look';
import type { Focus } from '../../protocol/classroom';
import type { Layer } from '../../protocol/network';
import { boxKey } from '../../scene/column';
import { focusUnit } from '../../scene/scene';
import { placeOf, stripOf } from '../arithmetic/strip';
import { openLayer } from '../focus';
import { sourceOf } from '../names';
import type { Shown } from '../show.svelte';

/** An open unit. */
export interface Opened {
  shown: Shown;
  layer: Layer;
  source: Layer;
  unit: number;
  /** The element of the strip that is chosen, if one is. */
  chosen: number | null;
}

/** What a focus opens, if it is a unit of a dense or softmax layer. */
export function openedOf(shown: Shown | null, focus: Focus): Opened | null {
  const layer = shown && openLayer(shown.network, focus);
  const source = shown && layer && sourceOf(shown.network, layer);
  if (!source || (layer.op.type !== 'dense' && layer.op.type !== 'softmax')) return null;
  const chosen = focus.kind === 'link' && layer.op.type === 'dense' ? focus.input : null;
  return { shown, layer, source, unit: focusUnit(focus) ?? 0, chosen };
}

/** The chosen element, framed on its map and on its part of the strip. */
export function framesOf(opened: Opened | null): ReadonlyMap<string, readonly Frame[]> {
  if (!opened || opened.chosen === null) return new Map();
  const { shown, source, chosen } = opened;
  const strip = stripOf(shown.network, source);
  const { maps, extent, size } = strip;
  if (!maps) return new Map();
  const { channel, row, column } = placeOf(strip, chosen);
  const cell = (at: { row: number; column: number }) => ({ ...at, rows: 1, columns: 1 });
  return new Map<string, Frame[]>([
    [boxKey(maps.id, channel), [{ cells: cell({ row, column }), ...extent, tone: 'window' }]],
    [
      boxKey(source.id, channel),
      [{ cells: cell({ row: chosen % size, column: 0 }), rows: size, columns: 1, tone: 'window' }],
    ],
  ]);
}

/** Keys of what is lit: the open unit, where the chosen element comes from, and the class that is pointed at. */
export function markedOf(opened: Opened | null, pointed: number | null): ReadonlySet<string> {
  if (!opened) return new Set();
  const { shown, layer, source, unit, chosen } = opened;
  const both = (at: number) => [boxKey(source.id, at), boxKey(layer.id, at)];
  if (layer.op.type === 'softmax')
    return new Set([...both(unit), ...(pointed === null ? [] : both(pointed))]);
  if (chosen === null) return new Set([boxKey(layer.id, unit)]);
  const strip = stripOf(shown.network, source);
  const { channel } = placeOf(strip, chosen);
  const maps = strip.maps ? [boxKey(strip.maps.id, channel)] : [];
  return new Set([boxKey(layer.id, unit), boxKey(source.id, channel), ...maps]);
}

/** The class whose box before or after normalisation has a key, if one has. */
export function classOf(opened: Opened | null, key: string | null): number | null {
  if (opened?.layer.op.type !== 'softmax' || key === null) return null;
  const at = key.lastIndexOf('/');
  const layer = key.slice(0, at);
  return layer === opened.layer.id || layer === opened.source.id ? Number(key.slice(at + 1)) : null;
}
