/** Which values of an open unit can be read as tables, and what of them belongs to the current step. Not the tables. */
import type { CellRect } from '../paint/matrix';
import { m } from '../paraglide/messages.js';
import { denseSum } from './arithmetic/dense';
import { placeOf, stripOf, type Strip } from './arithmetic/strip';
import { frameAt, type Extent } from './arithmetic/window';
import { mapTitle } from './names';
import { unitOf } from './tensors.svelte';
import type { UnitView } from './units/unit';

/** The values of a map, or of another matrix. */
export interface Table {
  title: string;
  /** `[rows, columns]`. */
  values: Float32Array;
  extent: Extent;
  /** What belongs to the step; `null` where nothing does, or all. */
  window: CellRect | null;
}

/** Whether there is something to read as a table. */
export function hasTables({ layer, sliding }: Pick<UnitView, 'layer' | 'sliding'>): boolean {
  return sliding !== null || ['input', 'flatten', 'dense'].includes(layer.op.type);
}

/** The tables of an open unit, without its output where that `isCovered`; none before the values are here. */
export function tablesOf(view: UnitView, isCovered: boolean): Table[] {
  switch (view.layer.op.type) {
    case 'flatten':
      return elementTables(view);
    case 'dense':
      return termTables(view);
    default:
      return mapTables(view, isCovered);
  }
}

/** The map that is read and the one that is made. */
function mapTables(view: UnitView, isCovered: boolean): Table[] {
  const { network, tensors, sliding, source, layer } = view;
  if (!tensors) return [];
  const tables: Table[] = [];
  if (sliding)
    tables.push({
      title: m.unit_input_map({ name: mapTitle(network, source, view.input) }),
      values: tensors.channel,
      extent: view.sourceExtent,
      window: frameAt(sliding, view.at),
    });
  if (!isCovered)
    tables.push({
      title: m.unit_output_map({ name: mapTitle(network, layer, view.unit) }),
      values: tensors.output,
      extent: view.extent,
      window: { ...view.at, rows: 1, columns: 1 },
    });
  return tables;
}

/** The map that an element of a flattened layer comes from. */
function elementTables({ network, layer, tensors, unit }: UnitView): Table[] {
  const strip = stripOf(network, layer);
  if (!strip.maps || !tensors?.source) return [];
  const { channel } = placeOf(strip, unit);
  const values = unitOf(tensors.source, strip.maps, channel);
  return [part(strip, unit, mapTitle(network, strip.maps, channel), values)];
}

/** Values, weights and products of the elements that come from the same map as the chosen one, which is the strongest where none is. */
function termTables({ network, source, tensors, chosen }: UnitView): Table[] {
  const [weights] = tensors?.weights ?? [];
  if (!tensors?.source || !weights) return [];
  const strip = stripOf(network, source);
  const sum = denseSum(tensors.source, weights, strip.size);
  const element = chosen ?? sum.strongest;
  const { channel } = placeOf(strip, element);
  const of = strip.maps ? mapTitle(network, strip.maps, channel) : source.id;
  const [from, to] = strip.maps ? [channel * strip.size, (channel + 1) * strip.size] : [0, strip.length];
  const terms: [string, Float32Array][] = [
    [m.unit_value(), tensors.source],
    [m.unit_weight(), weights],
    [m.unit_product(), sum.products],
  ];
  return terms.map(([what, values]) => part(strip, element, `${what} · ${of}`, values.subarray(from, to)));
}

/** Elements that come from one map in the places they have there; all of them in a row where each is a value of its own. */
function part(strip: Strip, element: number, title: string, values: Float32Array): Table {
  const { row, column } = placeOf(strip, element);
  return strip.maps
    ? { title, values, extent: strip.extent, window: { row, column, rows: 1, columns: 1 } }
    : {
        title,
        values,
        extent: { rows: 1, columns: strip.length },
        window: { row: 0, column: element, rows: 1, columns: 1 },
      };
}
