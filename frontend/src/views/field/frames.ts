/** Frames on the tiles of what an open unit sees. Not where tiles are. */
import type { Frame } from '../../paint/look';
import type { Description, Layer } from '../../protocol/network';
import { boxKey, boxOf, columns } from '../../scene/column';
import { receptiveField, type Field, type Seer } from '../../scene/receptive';
import { extentOf } from '../units/unit';

/** What is seen of each layer, by its id. */
export type Fields = ReadonlyMap<string, Field>;

/** What `seer` sees of every layer; nothing without one. */
export function fieldsOf(network: Description | null, seer: Seer | null): Fields {
  return network && seer ? receptiveField(network, seer) : new Map();
}

/** Frames on the maps of all layers before `open`, by the key of their box. */
export function framesOf(
  network: Description | null,
  fields: Fields,
  open: Layer | null,
): ReadonlyMap<string, readonly Frame[]> {
  const found = new Map<string, readonly Frame[]>();
  if (!network || !open) return found;
  for (const column of columns(network)) {
    const field = fields.get(column.layer.id);
    if (!field || column.layer.id === open.id || column.kind !== 'map') continue;
    const { row, column: left, rows, columns: across, units } = field;
    const cells = { row, column: left, rows, columns: across };
    const frame: Frame = { cells, ...extentOf(column.layer), tone: 'field' };
    for (const unit of units) found.set(boxKey(column.layer.id, boxOf(column, unit)), [frame]);
  }
  return found;
}
