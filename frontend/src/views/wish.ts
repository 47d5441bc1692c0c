/** Which tensors an open unit needs. Not how they come: see `tensors.svelte.ts`. */
import type { Run } from '../data/tensors';
import type { Focus } from '../protocol/classroom';
import type { Layer } from '../protocol/network';
import { focusUnit } from '../scene/scene';
import { openLayer } from './focus';
import { sourceOf } from './names';
import type { UnitWish } from './tensors.svelte';

/** What is needed for a focus; `null` where no unit is open. */
export function wishOf(run: Run, focus: Focus): UnitWish | null {
  const layer = openLayer(run.network, focus);
  const unit = focusUnit(focus);
  if (!layer || unit === null) return null;
  const input = focus.kind === 'link' ? focus.input : firstInput(layer, unit);
  return { run, layer, source: sourceOf(run.network, layer), unit, input };
}

/** The first unit of the source that a unit reads: its own one, or the first of its group. */
export function firstInput({ op, weights, shape }: Layer, unit: number): number {
  if (op.type === 'conv') {
    const channels = weights[0]?.[1] ?? 1;
    return Math.floor(unit / ((shape[0] ?? 1) / op.groups)) * channels;
  }
  return op.type === 'dense' || op.type === 'softmax' || op.type === 'flatten' ? 0 : unit;
}
