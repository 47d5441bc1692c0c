/** Which network an explorer begins with, and how. */
import { networks } from '../data/networks';
import type { NetworkId, Stage } from '../protocol/classroom';
import type { Description } from '../protocol/network';

/** The network asked for, or the server's first one; `null` when the server has none. */
export async function chooseNetwork(
  asked: NetworkId | null,
  signal: AbortSignal,
): Promise<Description | null> {
  const list = await networks.list();
  const chosen = list.find(({ id }) => id === asked) ?? list[0];
  return chosen ? networks.describe(chosen.id, signal) : null;
}

/** What an explorer begins with: the whole network, with the first picture of its gallery. */
export function firstStage(network: Description): Stage {
  return {
    network: network.id,
    picture: network.gallery[0]?.picture ?? '',
    focus: { kind: 'overview' },
    playback: { kind: 'paused', step: 0 },
    scale: 'block',
    detail: false,
    receptiveField: false,
    edit: null,
    caption: null,
  };
}
