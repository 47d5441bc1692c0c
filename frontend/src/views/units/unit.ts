/**
 * What every view of an operation is given: one interface for all, so that a view is one file and a new operation is one more. Not how a
 * unit is loaded or played: see `tensors.svelte.ts` and `player.svelte.ts`.
 */
import type { Component } from 'svelte';

import type { Run } from '../../data/tensors';
import type { Palette } from '../../paint/palette';
import type { Scale } from '../../paint/scale';
import type { Focus } from '../../protocol/classroom';
import type { Description, Layer, Op } from '../../protocol/network';
import { valueAt, type Cell, type Extent, type Sliding } from '../arithmetic/window';
import type { Player } from '../player.svelte';
import type { UnitTensors } from '../tensors.svelte';

/** An open unit at its current step. */
export interface UnitView {
  network: Description;
  /** Whose activations they are. */
  run: Run;
  layer: Layer;
  /** The layer it reads; the layer itself for the input. */
  source: Layer;
  unit: number;
  /** The unit of the source whose part is shown. */
  input: number;
  /** The unit of the source that was chosen, if one was. */
  chosen: number | null;
  /** The tensors, once they are here. */
  tensors: UnitTensors | null;
  /** The output cell of the current step. */
  at: Cell;
  /** Sizes of the unit's map and of those it reads. */
  extent: Extent;
  sourceExtent: Extent;
  /** How the window moves, where there is one. */
  sliding: Sliding | null;
  scales: { output: Scale; source: Scale };
  palette: Palette;
  /** The operation's formula as MathML, where it has one. */
  formula: string | null;
}

/** What a view of an operation gets. */
export interface UnitProps {
  view: UnitView;
  player: Player;
  interactive: boolean;
  onfocus: (focus: Focus) => void;
}

/** The view of an operation: its window and its arithmetic with real numbers, at the current step. */
export type UnitComponent = Component<UnitProps>;

/** What there is to say about an operation besides its view; the module of each view exports one. */
export interface Operation<T extends Op['type'] = Op['type']> {
  /** Its formula as MathML, or `null` where nothing is computed. */
  formula(op: Extract<Op, { type: T }>): string | null;
  /** What it does, in one sentence for people who meet it for the first time. */
  sentence(op: Extract<Op, { type: T }>): string;
  /** What it computes at the current step, to be spoken: 'sum 0.37'; `null` before the tensors are here. */
  spoken(view: UnitView): string | null;
}

/** Rows and columns of a layer's maps; 1 × 1 for a flat one. */
export function extentOf(layer: Layer): Extent {
  const [, rows = 1, columns = 1] = layer.shape;
  return { rows, columns };
}

/** The values at the current step: what the cell of the output says, and the one in the same place of what is read. */
export function valuesAt({
  tensors,
  at,
  extent,
  sourceExtent,
}: UnitView): { value: number; output: number } | null {
  if (!tensors) return null;
  const value = valueAt(tensors.channel, at, sourceExtent);
  const output = valueAt(tensors.output, at, extent);
  return value === null || output === null ? null : { value, output };
}

/** The operation, if it is of a type. */
export function opAs<T extends Op['type']>(op: Op, type: T): Extract<Op, { type: T }> | null {
  return op.type === type ? (op as Extract<Op, { type: T }>) : null;
}
