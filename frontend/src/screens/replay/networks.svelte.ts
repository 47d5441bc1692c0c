/** Whether this server has the networks of a recording, as they were then. */
import { SvelteSet } from 'svelte/reactivity';

import type { NetworkSummary } from '../../data/api';
import { networks } from '../../data/networks';
import type { NetworkId, Recording } from '../../protocol/classroom';
import { asProblem } from '../../views/fetched';

/** `agreed`: another version than then, and whoever watches knows. */
export type NetworkState = 'unknown' | 'same' | 'other' | 'agreed' | 'missing';

export class RecordedNetworks {
  readonly #recorded: Recording['networks'];
  readonly #agreed = new SvelteSet<NetworkId>();
  #list = $state.raw<readonly NetworkSummary[] | null>(null);
  /** Why it is not known which networks the server has. */
  problem = $state.raw<Error | null>(null);

  constructor(recording: Recording) {
    this.#recorded = recording.networks;
  }

  /** Asks the server. */
  async load(): Promise<void> {
    this.problem = null;
    try {
      this.#list = await networks.list();
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  state(id: NetworkId): NetworkState {
    if (!this.#list) return 'unknown';
    const here = this.#list.find((network) => network.id === id);
    if (!here) return 'missing';
    const then = this.#recorded.find((network) => network.id === id);
    if (here.digest === then?.digest) return 'same';
    return this.#agreed.has(id) ? 'agreed' : 'other';
  }

  /** Another version is better than none. */
  agree(id: NetworkId): void {
    this.#agreed.add(id);
  }
}
