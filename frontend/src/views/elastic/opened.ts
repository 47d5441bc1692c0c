/**
 * An open unit of a convolution: what it reads, and which boxes and nodes are framed, veiled or lit for it at a step. Geometry of cells and
 * keys; no values.
 */
import type { Frame, Veil } from '../../paint/look';
import type { Focus } from '../../protocol/classroom';
import type { Layer, Op } from '../../protocol/network';
import { boxKey } from '../../scene/column';
import { nodeKey } from '../../scene/node';
import { windowAt, type Cell } from '../arithmetic/window';
import { openLayer } from '../focus';
import { sourceOf } from '../names';
import type { Shown } from '../show.svelte';
import { extentOf } from '../units/unit';

type Convolution = Layer & { op: Extract<Op, { type: 'conv' }> };

/** An open unit, and what it reads. */
export interface Opened {
  shown: Shown;
  layer: Convolution;
  source: Layer;
  unit: number;
  /** The input whose formula is open, if one is. */
  chosen: number | null;
  /** The first input that is read, and how many are. */
  first: number;
  count: number;
}

/** What a focus opens, if it is a convolution's unit. */
export function openedOf(shown: Shown | null, focus: Focus): Opened | null {
  const layer = shown && openLayer(shown.network, focus);
  const source = shown && layer && sourceOf(shown.network, layer);
  if (!source || !isConvolution(layer)) return null;
  const unit = focus.kind === 'class' ? focus.class : 'unit' in focus ? focus.unit : 0;
  const count = layer.weights[0]?.[1] ?? 1;
  const first = Math.floor(unit / ((layer.shape[0] ?? 1) / layer.op.groups)) * count;
  return { shown, layer, source, unit, chosen: focus.kind === 'link' ? focus.input : null, first, count };
}

function isConvolution(layer: Layer): layer is Convolution {
  return layer.op.type === 'conv';
}

/** The windows at output cell `at`: on every input what the kernel covers, on every map and on the unit the cell that it makes. */
export function framesOf(opened: Opened | null, at: Cell | null): ReadonlyMap<string, readonly Frame[]> {
  if (!opened || !at) return new Map();
  const { layer, source, unit } = opened;
  const cells = windowAt(layer.op, at);
  const [begin, end] = [cells[0] ?? at, cells.at(-1) ?? at];
  const size = { rows: end.row - begin.row + 1, columns: end.column - begin.column + 1 };
  const window: Frame = { cells: { ...begin, ...size }, ...extentOf(source), tone: 'window' };
  const cell: Frame = { cells: { ...at, rows: 1, columns: 1 }, ...extentOf(layer), tone: 'window' };
  return new Map([
    ...inputsOf(opened).flatMap((input): [string, Frame[]][] => [
      [boxKey(source.id, input), [window]],
      [nodeKey('map', layer.id, input), [cell]],
    ]),
    [boxKey(layer.id, unit), [cell]],
  ]);
}

/** The veils over the intermediate maps and the unit while `shown` cells are revealed. */
export function veilsOf(opened: Opened | null, shown: number): ReadonlyMap<string, Veil> {
  if (!opened) return new Map();
  const { layer, unit } = opened;
  const veil: Veil = { shown, ...extentOf(layer) };
  const maps = inputsOf(opened).map((input): [string, Veil] => [nodeKey('map', layer.id, input), veil]);
  return new Map([...maps, [boxKey(layer.id, unit), veil]]);
}

/** The input whose pair a box or node belongs to. */
export function inputOf(opened: Opened | null, key: string | null): number | null {
  if (!opened || key === null) return null;
  return inputsOf(opened).find((input) => pairOf(opened, input).includes(key)) ?? null;
}

/** What is lit: the unit, the pair that is pointed at, and the one that is chosen. */
export function markedOf(opened: Opened | null, pointed: string | null): ReadonlySet<string> {
  if (!opened) return new Set();
  const lit = [inputOf(opened, pointed), opened.chosen].filter((input) => input !== null);
  return new Set([boxKey(opened.layer.id, opened.unit), ...lit.flatMap((input) => pairOf(opened, input))]);
}

/** An input, its kernel, its intermediate map and its part of the sum. */
function pairOf({ layer, source }: Opened, input: number): string[] {
  const nodes = (['kernel', 'map', 'term'] as const).map((kind) => nodeKey(kind, layer.id, input));
  return [boxKey(source.id, input), ...nodes];
}

/** The inputs that are read. */
export function inputsOf({ first, count }: Opened): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}
