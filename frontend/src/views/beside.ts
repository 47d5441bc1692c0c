/** The units beside an open one: where a swipe, and the buttons beside its title, lead. */
import type { Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { focusUnit } from '../scene/scene';
import { openLayer } from './focus';
import { firstInput } from './wish';

/**
 * The focus on the unit so many places on in the same layer, or `null` where there is none. Beside a link it is the link from the same
 * input, where the other unit reads that, too.
 */
export function beside(network: Description, focus: Focus, by: number): Focus | null {
  const layer = openLayer(network, focus);
  const unit = focusUnit(focus);
  if (!layer || unit === null) return null;
  const next = unit + by;
  if (next < 0 || next >= (layer.shape[0] ?? 1)) return null;
  if (focus.kind === 'class') return { kind: 'class', class: next };
  if (focus.kind !== 'link') return { kind: 'unit', layer: layer.id, unit: next };
  const same = layer.op.type !== 'conv' || firstInput(layer, next) === firstInput(layer, unit);
  return {
    kind: 'link',
    layer: layer.id,
    unit: next,
    input: same ? focus.input : firstInput(layer, next),
  };
}
