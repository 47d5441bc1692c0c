/** The description of the network on the stage, for what a screen says around the explorer. Without it the screen only says less. */
import { networks } from '../data/networks';
import type { NetworkId } from '../protocol/classroom';
import type { Description } from '../protocol/network';

/** Follows the network that `shown` names. Call it while a component is made. */
export function describing(shown: () => NetworkId | undefined): { readonly network: Description | null } {
  let network = $state.raw<Description | null>(null);
  const id = $derived(shown());
  $effect(() => {
    if (id === undefined) return undefined;
    const leaving = new AbortController();
    networks.describe(id, leaving.signal).then(
      (description) => (network = description),
      () => undefined,
    );
    return () => leaving.abort();
  });
  return {
    get network() {
      return network;
    },
  };
}
