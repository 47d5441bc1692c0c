/**
 * The intermediate maps of one unit, as pixels: computed when they are first asked for, a few at a time, so that no frame waits for them.
 * Belongs to one set of tensors: another picture, unit or kernel has maps of its own.
 */
import { SvelteMap } from 'svelte/reactivity';

import { atlasOf } from '../../paint/atlas';
import type { Scale } from '../../paint/scale';
import type { Channel } from '../arithmetic/convolution';
import { intermediateOf } from '../arithmetic/intermediate';
import type { Extent, Sliding } from '../arithmetic/window';

/** What maps are made of. */
export interface MapSource {
  sliding: Sliding;
  input: Extent;
  output: Extent;
  scale: Scale;
  /** The values and the kernel of an input; `null` while they are on their way. */
  channel: (input: number) => Channel | null;
}

/** How long the page may be kept from painting, in ms. */
const SLICE_MS = 5;

/** Intermediate maps that are computed in slices. */
export class Maps {
  readonly #source: MapSource;
  readonly #made = new SvelteMap<number, CanvasImageSource>();
  readonly #asked = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: MapSource) {
    this.#source = source;
  }

  /** The map of an input as pixels, one per cell; `null` until it is computed. */
  of(input: number): CanvasImageSource | null {
    const made = this.#made.get(input);
    if (made) return made;
    this.#asked.add(input);
    this.#timer ??= setTimeout(() => {
      this.#compute();
    });
    return null;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #compute(): void {
    this.#timer = undefined;
    const until = performance.now() + SLICE_MS;
    for (const input of this.#asked) {
      this.#asked.delete(input);
      this.#make(input);
      if (performance.now() > until) break;
    }
    if (this.#asked.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#compute();
    });
  }

  #make(input: number): void {
    const { sliding, input: from, output, scale, channel } = this.#source;
    const read = channel(input);
    if (!read) return;
    const values = intermediateOf(sliding, { input: from, output }, read);
    const atlas = atlasOf({ units: 1, values }, scale, { width: output.columns, height: output.rows });
    if (atlas) this.#made.set(input, atlas.image);
  }
}
