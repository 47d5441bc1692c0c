/**
 * The kernels of one unit under the hands of someone who tries others: what an edit says about each weight, and the edits that changes
 * lead to. Weights are whole thousandths, as on the wire. Pure: who holds an edit, and sends it, is `editor.svelte.ts`.
 */
import { EDITED_MOST, EDITED_WEIGHTS, type KernelEdit, type KernelWeights } from '../../protocol/classroom';
import type { KernelSize } from '../../data/kernels';
import { presetWeights, type Preset } from './presets';

/** A unit whose kernels can be edited, with what the network learned. */
export interface Learned {
  layer: string;
  unit: number;
  size: KernelSize;
  /** The unit of the layer before that the first kernel reads. */
  first: number;
  /** One kernel per unit that is read, row by row. */
  kernels: readonly Float32Array[];
  /** `null` where the convolution has none. */
  bias: number | null;
}

/** Where a preset goes: into one kernel, or into all of the unit. */
export type Scope = { kind: 'one'; input: number } | { kind: 'all' };

/** An edit that changes nothing yet. */
export function blank({ layer, unit }: Pick<Learned, 'layer' | 'unit'>): KernelEdit {
  return { layer, unit, kernels: [], bias: null };
}

/** A number in thousandths: the nearest that is allowed. */
export function thousandths(value: number): number {
  const whole = Math.sign(value) * Math.round(Math.abs(value) * 1000);
  return Math.min(Math.max(whole, -EDITED_MOST), EDITED_MOST) || 0;
}

/** One kernel as it is with the edit, in numbers. */
export function kernelWith(learned: Learned, edit: KernelEdit, input: number): readonly number[] {
  const edited = edit.kernels.find((kernel) => kernel.input === input);
  if (edited) return edited.weights.map((weight) => weight / 1000);
  return [...(learned.kernels[input - learned.first] ?? [])];
}

/** The bias as it is with the edit. */
export function biasWith(learned: Learned, edit: KernelEdit): number | null {
  return edit.bias === null ? learned.bias : edit.bias / 1000;
}

/** The edit with another weight in one cell. The rest of the kernel is rounded to thousandths. */
export function withWeight(
  learned: Learned,
  edit: KernelEdit,
  { input, cell, value }: { input: number; cell: number; value: number },
): KernelEdit {
  const weights = kernelWith(learned, edit, input).map((weight, i) =>
    thousandths(i === cell ? value : weight),
  );
  return withKernels(edit, [{ input, weights }]);
}

/** The edit with another bias; `null` is the learned one. */
export function withBias(edit: KernelEdit, bias: number | null): KernelEdit {
  return { ...edit, bias: bias === null ? null : thousandths(bias) };
}

/**
 * The edit with a famous kernel. In all kernels of a unit it stands for itself alone: divided by their number, so that the map is that of
 * the inputs' mean, and without a bias.
 */
export function withPreset(learned: Learned, edit: KernelEdit, preset: Preset, scope: Scope): KernelEdit {
  const count = scope.kind === 'all' ? learned.kernels.length : 1;
  const exact = presetWeights(preset, learned.size).map((weight) => weight / count);
  const weights = rounded(exact);
  if (scope.kind === 'one') return withKernels(edit, [{ input: scope.input, weights }]);
  const all = inputs(learned).map((input) => ({ input, weights }));
  return { ...withKernels(edit, all), bias: learned.bias === null ? null : 0 };
}

/** The edit without its kernel for an input. */
export function withoutKernel(edit: KernelEdit, input: number): KernelEdit {
  return { ...edit, kernels: edit.kernels.filter((kernel) => kernel.input !== input) };
}

/** Whether an edit is small enough to be sent. */
export function fits(edit: KernelEdit): boolean {
  return edit.kernels.reduce((total, { weights }) => total + weights.length, 0) <= EDITED_WEIGHTS;
}

/** The units of the layer before that the unit reads. */
export function inputs({ first, kernels }: Learned): number[] {
  return kernels.map((_, i) => first + i);
}

/** The input whose kernel is not the same in both edits, if there is one. */
export function changedInput(before: KernelEdit, after: KernelEdit): number | null {
  const text = (edit: KernelEdit, input: number) =>
    edit.kernels.find((kernel) => kernel.input === input)?.weights.join();
  const all = [...before.kernels, ...after.kernels].map(({ input }) => input);
  return all.find((input) => text(before, input) !== text(after, input)) ?? null;
}

function withKernels(edit: KernelEdit, changed: KernelWeights[]): KernelEdit {
  const rest = edit.kernels.filter(({ input }) => changed.every((other) => other.input !== input));
  return { ...edit, kernels: [...rest, ...changed].sort((a, b) => a.input - b.input) };
}

/** Thousandths with the same sum as the exact weights: what rounding takes or adds goes to the largest of them. */
function rounded(exact: readonly number[]): number[] {
  const weights = exact.map(thousandths);
  const total = thousandths(exact.reduce((sum, weight) => sum + weight, 0));
  const rest = total - weights.reduce((sum, weight) => sum + weight, 0);
  const size = (i: number) => Math.abs(exact[i] ?? 0);
  // Of equally large ones the middle: a blur stays symmetric.
  const largest = Math.max(...exact.map(Math.abs));
  const candidates = exact.flatMap((_, i) => (size(i) === largest ? [i] : []));
  const place = candidates[Math.floor(candidates.length / 2)] ?? 0;
  return weights.map((weight, i) => (i === place ? weight + rest : weight));
}
