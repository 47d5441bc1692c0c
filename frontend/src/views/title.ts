/** What a view is called in the title of a window, a history or a bookmark. */
import { m } from '../paraglide/messages.js';
import type { Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { layerOf, unitName } from './names';

/** The view's name, `null` for the whole network. Without a description, units are named by number alone. */
export function viewTitle(focus: Focus, network: Description | null): string | null {
  switch (focus.kind) {
    case 'overview':
      return null;
    case 'hyperparameters':
      return m.hyper_title();
    case 'class':
      return network?.labels[focus.class] ?? null;
    case 'layer':
      return focus.layer;
    case 'unit':
    case 'link': {
      const layer = network && layerOf(network, focus.layer);
      const unit = layer ? unitName(network, layer, focus.unit) : m.unit_number({ number: focus.unit + 1 });
      return `${focus.layer} · ${unit}`;
    }
  }
}
