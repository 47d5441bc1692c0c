/**
 * A show: what is on the screen, as far as it has arrived: one network with the overview of one picture. Keeps the old until the new is
 * complete. Not the stage: that says what should be shown.
 */
import { getContext, setContext } from 'svelte';

import { ApiError } from '../data/api';
import { changesAnything, editText, fitting } from '../data/edit';
import { networks } from '../data/networks';
import type { Overview } from '../data/overview';
import type { OverviewSize } from '../data/overviewSize';
import { Tensors, type Run } from '../data/tensors';
import type { KernelEdit, NetworkId, PictureId } from '../protocol/classroom';
import { Newest } from './newest';

/** A network and a picture whose overview is here, and the edit that it was computed with. */
export interface Shown extends Run {
  overview: Overview;
}

/** What is wanted. */
interface Wish {
  network: NetworkId;
  picture: PictureId;
  edit: KernelEdit | null;
  size: OverviewSize;
}

// All explorers of a page show the same immutable data.
export const tensors = new Tensors();

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
  readonly #newest = new Newest<Wish>((wish, signal) => this.#fulfil(wish, signal));

  /** Shows a picture through a network, as soon as it is here. The newest wish wins. */
  wish(wish: Wish): void {
    const before = this.#wish;
    const same =
      before?.network === wish.network &&
      before.picture === wish.picture &&
      (before.size === wish.size || before.size === 'full');
    if (same && editText(before.edit) === editText(wish.edit)) return;
    this.#wish = wish;
    // While a kernel is dragged, what was asked for before is on its way and nearly as good: it is shown until the newest is here.
    const isDetail = same && changesAnything(before.edit) && changesAnything(wish.edit);
    this.#newest.want(wish, isDetail ? 'after' : 'instead');
  }

  /** Tries the last wish again. */
  retry(): void {
    if (this.#wish) this.#newest.want(this.#wish, 'instead');
  }

  /** Stops what is under way. */
  end(): void {
    this.#newest.end();
    this.#wish = null;
  }

  async #fulfil(wish: Wish, signal: AbortSignal): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      const network = await this.networks.describe(wish.network, signal);
      const run = { network, picture: wish.picture, edit: fitting(network, wish.edit) };
      const overview = await this.tensors.overview(run, wish.size, signal);
      if (signal.aborted) return;
      this.shown = { ...run, overview };
      this.busy = false;
    } catch (error) {
      if (signal.aborted) return;
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
