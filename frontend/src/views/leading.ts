/** Where choosing a box of the picture leads, from what is open. Not whether that may be chosen. */
import type { Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { boxKey, type Column } from '../scene/column';
import { sourcesOf } from '../scene/edges';
import { focusLayer } from '../scene/scene';
import { above, opening } from './focus';
import type { Spot } from './roving';

/** From where. */
export interface Standpoint {
  network: Description;
  columns: readonly Column[];
  focus: Focus;
}

/** The focus that choosing a box, which opens `unit`, leads to. */
export function leadsTo(from: Standpoint, spot: Spot, unit: number): Focus {
  return inputAt(from, spot, unit) ?? elementAt(from, spot) ?? opening(from.network, spot.layer, unit);
}

/** Beside an open convolution its inputs choose whose part is shown; chosen again, all are. */
function inputAt({ network, columns, focus }: Standpoint, spot: Spot, unit: number): Focus | null {
  if (focus.kind !== 'unit' && focus.kind !== 'link') return null;
  const column = columns.find((each) => each.layer.id === focusLayer(network, focus));
  const read = sourcesOf(columns, focus.layer, focus.unit);
  if (column?.layer.op.type !== 'conv' || !read.includes(boxKey(spot.layer, spot.box))) return null;
  if (focus.kind === 'link' && focus.input === unit) return above(focus);
  return { kind: 'link', layer: focus.layer, unit: focus.unit, input: unit };
}

/** Beside an open dense unit, maps and parts of the strip choose an element: the one at the same place of another map. */
function elementAt({ columns, focus }: Standpoint, { layer, box }: Spot): Focus | null {
  if (focus.kind !== 'unit' && focus.kind !== 'link') return null;
  const column = columns.find((each) => each.layer.id === focus.layer);
  const source = columns.find((each) => each.layer.id === column?.layer.inputs[0]);
  if (column?.layer.op.type !== 'dense' || source?.kind !== 'strip') return null;
  if (layer !== source.layer.id && !source.layer.inputs.includes(layer)) return null;
  const place = (focus.kind === 'link' ? focus.input : 0) % source.unitsPerBox;
  return { kind: 'link', layer: focus.layer, unit: focus.unit, input: box * source.unitsPerBox + place };
}
