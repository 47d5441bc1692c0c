/**
 * A show: what is on the screen, as far as it has arrived: one network with the overview of one picture. Keeps the old until the new is
 * complete. Not the stage: that says what should be shown.
 */
import { getContext, setContext } from 'svelte';

import { ApiError } from '../data/api';
import { Networks } from '../data/networks';
import type { Overview } from '../data/overview';
import { Tensors, type OverviewSize, type Run } from '../data/tensors';
import type { NetworkId, PictureId } from '../protocol/classroom';

/** A network and a picture whose overview is here. */
export interface Shown extends Run {
  overview: Overview;
}

/** What is wanted. */
interface Wish {
  network: NetworkId;
  picture: PictureId;
  size: OverviewSize;
}

// All explorers of a page show the same immutable data.
const networks = new Networks();
const tensors = new Tensors();

/** The show of one explorer. */
export class Show {
  readonly networks = networks;
  readonly tensors = tensors;
  /** What is on the screen; nothing before the first overview is here. */
  shown = $state.raw<Shown | null>(null);
  /** Whether something better is on its way. */
  busy = $state(true);
  /** Why the newest wish could not be fulfilled. */
  problem = $state.raw<ApiError | null>(null);
  #wish: Wish | null = null;
  #abort = new AbortController();

  /** Shows a picture through a network, as soon as it is here. The newest wish wins. */
  wish(wish: Wish): void {
    const same =
      this.#wish?.network === wish.network &&
      this.#wish.picture === wish.picture &&
      (this.#wish.size === wish.size || this.#wish.size === 'full');
    if (same) return;
    this.#wish = wish;
    void this.#fulfil(wish);
  }

  /** Tries the last wish again. */
  retry(): void {
    if (this.#wish) void this.#fulfil(this.#wish);
  }

  /** Stops what is under way. */
  end(): void {
    this.#abort.abort(new DOMException('ended', 'AbortError'));
    this.#wish = null;
  }

  async #fulfil(wish: Wish): Promise<void> {
    this.#abort.abort(new DOMException('superseded', 'AbortError'));
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    this.problem = null;
    try {
      const network = await this.networks.describe(wish.network, abort.signal);
      const run = { network, picture: wish.picture };
      const overview = await this.tensors.overview(run, wish.size, abort.signal);
      if (abort.signal.aborted) return;
      this.shown = { ...run, overview };
      this.busy = false;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.busy = false;
      this.problem = asProblem(error);
    }
  }
}

/** Any error as one with a code. */
export function asProblem(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 'unexpected', message, status: 0 });
}

const KEY = Symbol('show');

/** Gives a show to the components below. */
export function provideShow(show: Show): Show {
  return setContext(KEY, show);
}

/** The show that a component is part of. */
export function useShow(): Show {
  return getContext<Show>(KEY);
}
