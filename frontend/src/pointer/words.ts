/** What things are called by people who cannot see where the pointer is. */
import { m } from '../paraglide/messages.js';
import type { Aim } from '../protocol/classroom';
import type { Description, Layer } from '../protocol/network';
import { layerOf, sourceOf, unitName } from '../views/names';

/** What a spot is on: 'conv_1_1, unit 4', 'the kernel of Red', 'the output map, row 3, column 5'. */
export function nameOf(
  { thing }: Aim,
  {
    network,
    open,
    cell,
  }: { network: Description; open: Layer | null; cell: { row: number; column: number } | null },
): string {
  if (thing.kind === 'unit') {
    const layer = layerOf(network, thing.layer);
    return layer ? m.pointer_unit({ layer: layer.id, unit: unitName(network, layer, thing.unit) }) : '';
  }
  const source = open && sourceOf(network, open);
  const input = source && thing.input !== null ? unitName(network, source, thing.input) : null;
  const name = partName(thing.part, input);
  return cell ? m.pointer_cell({ name, row: cell.row + 1, column: cell.column + 1 }) : name;
}

function partName(part: string, input: string | null): string {
  switch (part) {
    case 'kernel':
      return input === null ? m.pointer_kernel() : m.pointer_kernel_of({ input });
    case 'intermediate':
      return input === null ? m.pointer_intermediate() : m.pointer_intermediate_of({ input });
    case 'sum':
      return m.pointer_sum();
    case 'bias':
      return m.pointer_bias();
    case 'total':
      return m.pointer_total();
    case 'softmax':
      return m.pointer_softmax();
    case 'source':
      return input === null ? m.pointer_source() : m.pointer_source_of({ input });
    case 'output':
      return m.pointer_output();
    case 'formula':
      return m.pointer_formula();
    case 'arithmetic':
      return m.pointer_arithmetic();
    case 'channels':
      return m.pointer_channels();
    case 'strip':
      return m.pointer_strip();
    default:
      return '';
  }
}
