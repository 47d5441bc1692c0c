/**
 * What of an open convolution's unit can be read as tables: an input with its kernel and intermediate map, the sum at the current step, and
 * the unit. Not the tables.
 */
import { m } from '../../paraglide/messages.js';
import type { Channel } from '../arithmetic/convolution';
import { intermediateOf } from '../arithmetic/intermediate';
import { frameAt, type Cell, type Extent, type Sliding } from '../arithmetic/window';
import { mapTitle, unitName } from '../names';
import type { Table } from '../unitTables';
import type { Opened } from './opened';

/** An open unit at a step, in numbers. */
export interface Numbers {
  opened: Opened;
  sliding: Sliding;
  input: Extent;
  output: Extent;
  at: Cell;
  /** What every input that is read adds at the step; `NaN` where its values are not here. */
  parts: Float64Array;
  /** `null` where the layer has none. */
  bias: number | null;
  /** The unit's values as the server computed them, `[rows, columns]`. */
  values: Float32Array;
  /** The values of an input and their kernel; `null` while they are not here. */
  channel: (input: number) => Channel | null;
  /** Wants an input that is not here. */
  ask: (input: number) => void;
}

/** A number that is added, or what all of them make. */
export interface Term {
  name: string;
  /** `NaN` while it is not here. */
  value: number;
}

/** The inputs that can be chosen. */
export function inputNames({ opened }: Numbers): { value: number; words: string }[] {
  const { shown, source, first, count } = opened;
  return Array.from({ length: count }, (_, i) => ({
    value: first + i,
    words: unitName(shown.network, source, first + i),
  }));
}

/** An input, its kernel, and what comes of them before the sum, which is left out where it `isCovered`. */
export function pairTables(numbers: Numbers, input: number, isCovered: boolean): Table[] {
  const { opened, sliding, at, output } = numbers;
  const channel = numbers.channel(input);
  if (!channel) return [];
  const name = unitName(opened.shown.network, opened.source, input);
  const [rows, columns] = sliding.kernel;
  const tables: Table[] = [
    {
      title: m.unit_input_map({ name: mapTitle(opened.shown.network, opened.source, input) }),
      values: channel.values,
      extent: numbers.input,
      window: frameAt(sliding, at),
    },
    { title: m.lab_kernel({ name }), values: channel.kernel, extent: { rows, columns }, window: null },
  ];
  if (!isCovered)
    tables.push({
      title: m.elastic_map_name({ input: name }),
      values: intermediateOf(sliding, { input: numbers.input, output }, channel),
      extent: output,
      window: { ...at, rows: 1, columns: 1 },
    });
  return tables;
}

/** What is added up at the step, and the value that it makes, which is the last. */
export function termsOf(numbers: Numbers): Term[] {
  const { parts, bias, values, at, output } = numbers;
  return [
    ...inputNames(numbers).map(({ words }, i) => ({ name: words, value: parts[i] ?? Number.NaN })),
    ...(bias === null ? [] : [{ name: m.elastic_bias(), value: bias }]),
    { name: m.elastic_value(), value: values[at.row * output.columns + at.column] ?? Number.NaN },
  ];
}

/** The unit's own map. */
export function unitTable({ opened, values, output, at }: Numbers): Table {
  return {
    title: m.unit_output_map({ name: mapTitle(opened.shown.network, opened.layer, opened.unit) }),
    values,
    extent: output,
    window: { ...at, rows: 1, columns: 1 },
  };
}
