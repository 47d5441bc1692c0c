/** What is said about a step: one sentence for the screen reader. Not when it is said: see `speaker.svelte.ts`. */
import { m } from '../../paraglide/messages.js';
import { valueAt } from '../arithmetic/window';
import { unitName } from '../names';
import { figure, whole } from '../numbers';
import { valuesAt, type UnitView } from './unit';

/** Of an operation on single cells: 'value −0.31, result 0'. */
export function spokenChange(view: UnitView): string | null {
  const here = valuesAt(view);
  return here && m.spoken_change({ value: figure(here.value), result: figure(here.output) });
}

/** The value of the unit at the current step, or `null` before it is here. */
export function outputAt({ tensors, at, extent }: UnitView): number | null {
  return tensors && valueAt(tensors.output, at, extent);
}

/** The whole sentence where there are no steps: 'softmax, koala: probability 0.9991'. */
export function spokenUnit(view: Pick<UnitView, 'network' | 'layer' | 'unit'>, result: string): string {
  const unit = unitName(view.network, view.layer, view.unit);
  return m.spoken_unit({ layer: view.layer.id, unit, result });
}

/** The whole sentence: 'conv_1_1, unit 4, row 12, column 7: sum 0.37'. */
export function spokenStep(
  view: Pick<UnitView, 'network' | 'layer' | 'unit' | 'at'>,
  result: string,
): string {
  return m.spoken_step({
    layer: view.layer.id,
    unit: unitName(view.network, view.layer, view.unit),
    row: whole(view.at.row + 1),
    column: whole(view.at.column + 1),
    result,
  });
}
