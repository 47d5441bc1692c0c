/** The reach of colour scales: which values the ends of a legend stand for, given the choice of block, module or all. */
import type { Overview } from '../data/overview';
import type { ColourScale } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { legendGroups, type LegendGroup } from '../scene/legend';
import type { Palette } from './palette';
import { diverging, sequential, type Scale } from './scale';

/** The values at the two ends of a legend. */
export interface Range {
  low: number;
  high: number;
}

/** A group of layers with the range of its scale. */
export interface RangedGroup extends LegendGroup {
  range: Range;
}

/** All groups with their ranges for one picture. Activations are symmetric around zero. */
export function rangedGroups(network: Description, overview: Overview, choice: ColourScale): RangedGroup[] {
  return legendGroups(network, choice).map((group) => ({
    ...group,
    range: rangeOf(group, network, overview),
  }));
}

function rangeOf(group: LegendGroup, network: Description, overview: Overview): Range {
  const [low, high] = extremes(group.layers, overview);
  switch (group.kind) {
    case 'grey':
      return { low: network.input.range[0], high: network.input.range[1] };
    case 'score':
      return { low: 0, high: 1 };
    case 'logit':
      return { low, high };
    case 'activation': {
      const reach = Math.max(Math.abs(low), Math.abs(high));
      return { low: -reach, high: reach };
    }
  }
}

/** The least and the greatest value of some layers; zeros when there is none. */
function extremes(layers: readonly string[], overview: Overview): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const id of layers) {
    const maps = overview.layers.get(id);
    if (!maps) continue;
    for (const value of maps.min) low = Math.min(low, value);
    for (const value of maps.max) high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 0];
}

/** The scale of a group in the colours of a palette. */
export function scaleOf({ kind, range }: RangedGroup, palette: Palette): Scale {
  switch (kind) {
    case 'grey':
      return sequential(palette.grey, range.low, range.high);
    case 'activation':
      return diverging(palette.activation, range.high);
    case 'logit':
    case 'score':
      return sequential(palette.logit, range.low, range.high);
  }
}
