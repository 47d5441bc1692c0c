/** Networks: which there are, and their descriptions. Not their weights and activations: see `tensors.ts`. */
import type { NetworkId } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { listNetworks, requestJson, type NetworkSummary } from './api';
import { Blobs } from './blobs';

/** Descriptions and lists are small; this holds dozens, in bytes. */
const BUDGET_BYTES = 4 * 1024 * 1024;
/** About what a layer's description takes, in bytes. */
const LAYER_BYTES = 500;

/** Descriptions and the list of networks, asked for once. A page has one of them: `networks`. */
export class Networks {
  readonly #descriptions = new Blobs<Description>({
    budgetBytes: BUDGET_BYTES,
    sizeOf: (network) => network.layers.length * LAYER_BYTES,
  });
  #list: Promise<NetworkSummary[]> | null = null;

  /** All networks of the server. */
  list(): Promise<NetworkSummary[]> {
    this.#list ??= listNetworks().catch((error: unknown) => {
      this.#list = null;
      throw error;
    });
    return this.#list;
  }

  /** The description, if it is here already. */
  peek(id: NetworkId): Description | null {
    return this.#descriptions.peek(id);
  }

  /** The description of a network. */
  describe(id: NetworkId, signal: AbortSignal): Promise<Description> {
    const path = `/api/networks/${encodeURIComponent(id)}`;
    return this.#descriptions.get(id, (abort) => requestJson<Description>(path, { signal: abort }), signal);
  }
}

/** The networks as everything on a page asks for them. */
export const networks = new Networks();
