/** From a question to the place where its answer is computed in view, with all its real numbers. */
import type { Focus, Resolved, Stage } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import type { StageCommand } from '../../sync/stage';
import { sizesOf } from '../../views/arithmetic/hyperparameters';
import { layerOf, sourceOf } from '../../views/names';

/** What the view has to be told to get there from `stage`, in order; nothing where there is no such place. */
export function wayTo({ task, key }: Resolved, network: Description, stage: Stage | null): StageCommand[] {
  const [right] = key;
  if (right === undefined) return [];
  switch (task.kind) {
    case 'value':
    case 'sign':
    case 'winner': {
      const { layer, unit, step } = task.cell;
      return to({ kind: 'unit', layer, unit }, step, stage);
    }
    case 'pixel':
      return to({ kind: 'unit', layer: task.layer, unit: task.unit }, right, stage);
    case 'tile':
      return to({ kind: 'unit', layer: task.layer, unit: right }, 0, stage);
    case 'topClass': {
      const index = task.classes[right];
      return index === undefined ? [] : to({ kind: 'class', class: index }, 0, stage);
    }
    case 'outputSize': {
      const layer = task.layer === null ? null : layerOf(network, task.layer);
      const source = layer && sourceOf(network, layer);
      const sizes = layer && source && sizesOf(layer, source);
      return sizes ? to({ kind: 'hyperparameters', ...sizes }, 0, stage) : [];
    }
    case 'choice':
    case 'scale':
    case 'fill':
      return [];
  }
}

function to(focus: Focus, step: number, stage: Stage | null): StageCommand[] {
  const isThere = JSON.stringify(stage?.focus) === JSON.stringify(focus);
  // One link of a unit shows the very cell, too.
  const isPart =
    stage?.focus.kind === 'link' &&
    focus.kind === 'unit' &&
    stage.focus.layer === focus.layer &&
    stage.focus.unit === focus.unit;
  const steps: StageCommand[] = step > 0 || isThere || isPart ? [{ type: 'step', step }] : [];
  return isThere || isPart ? steps : [{ type: 'focus', focus }, ...steps];
}
