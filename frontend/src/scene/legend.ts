/** Legends: which layers share one colour scale, and the key under them. Not the values. */
import type { ColourScale } from '../protocol/classroom';
import type { Description, Layer } from '../protocol/network';
import type { Legend } from './scene';

/** Layers that share one key to their colours. */
export interface LegendGroup {
  key: string;
  kind: Legend['kind'];
  layers: string[];
}

/** Groups of neighbouring layers with the same colour scale, from the input to the output. */
export function legendGroups(network: Description, scale: ColourScale): LegendGroup[] {
  const groups: LegendGroup[] = [];
  for (const layer of network.layers) {
    const kind = kindOf(network, layer);
    const key = kind === 'activation' ? `activation ${reach(layer, scale)}` : kind;
    const last = groups.at(-1);
    if (last?.key === key) last.layers.push(layer.id);
    else groups.push({ key, kind, layers: [layer.id] });
  }
  return groups;
}

/** What the colours of a layer stand for. */
export function kindOf(network: Description, layer: Layer): Legend['kind'] {
  if (layer.op.type === 'input') return 'grey';
  if (layer.id === network.logits) return 'logit';
  if (layer.op.type === 'softmax') return 'score';
  return 'activation';
}

function reach(layer: Layer, scale: ColourScale): string {
  switch (scale) {
    case 'block':
      return `block ${layer.block}`;
    case 'module':
      return `module ${layer.module}`;
    case 'global':
      return 'all';
  }
}
