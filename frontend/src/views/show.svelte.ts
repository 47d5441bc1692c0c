/**
 * A show: what is on the screen, as far as it has arrived: one network with the overview of one picture. Keeps the old until the new is
 * complete. Not the stage: that says what should be shown.
 */
import { getContext, setContext } from 'svelte';

import type { ApiError } from '../data/api';
import { changesAnything, editText, fitting } from '../data/edit';
import { networks } from '../data/networks';
import type { Overview } from '../data/overview';
import type { OverviewSize } from '../data/overviewSize';
import { Tensors, type Run } from '../data/tensors';
import type { KernelEdit, NetworkId, PictureId } from '../protocol/classroom';
import { fetched } from './fetched';
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
  /** Why the newest wish could not be fulfilled. */
  problem = $state.raw<ApiError | null>(null);
  #fetching = $state(true);
  #wish: Wish | null = null;
  readonly #newest = new Newest<Wish>((wish, signal) => this.#fulfil(wish, signal));

  /** Whether something better is on its way. */
  get busy(): boolean {
    return this.#fetching && this.problem === null;
  }

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
    this.#fetching = true;
    const shown = await fetched(this, () => this.#run(wish, signal), signal);
    if (signal.aborted) return;
    this.#fetching = false;
    if (shown) this.shown = shown;
  }

  async #run({ network: id, picture, edit, size }: Wish, signal: AbortSignal): Promise<Shown> {
    const network = await this.networks.describe(id, signal);
    const run = { network, picture, edit: fitting(network, edit) };
    return { ...run, overview: await this.tensors.overview(run, size, signal) };
  }
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
