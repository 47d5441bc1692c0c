/** Tells whoever paints what travels. Keeps account of the atlases that the painter has, so that each is sent once. */
import type { Traveller, Window } from '../../paint/travel';
import type { MovingScene } from '../../scene/between';
import type { Box, Scene } from '../../scene/scene';
import { atlasKey, type Atlases } from '../atlases';
import { Given } from '../painters/given';
import { travellersOf, travels } from './travellers';

/** From where to where, in how many ms, on which part of the content. */
export interface Departure {
  from: MovingScene | null;
  to: Scene;
  duration: number;
  window: Window;
}

/** The painter of one canvas. */
export class Painter {
  readonly #canvas: Given<'travel'>;
  /** The atlases that it has, by key, and whose they are. */
  readonly #given = new Map<string, Atlases>();
  #network = '';

  /** `failed`: told if nothing will be painted. */
  constructor(canvas: HTMLCanvasElement, failed: () => void) {
    this.#canvas = new Given(canvas, 'travel', failed);
  }

  /** Lets the tiles set out. Those whose atlas is not there join when it is. */
  depart({ from, to, duration, window }: Departure, atlases: Atlases): void {
    const { digest } = atlases.shown.network;
    if (this.#network !== digest) this.#forget(digest);
    // Those of a picture before are not kept for its sake.
    for (const [key, of] of this.#given) if (of !== atlases) this.#given.delete(key);
    const travellers: Traveller[] = travellersOf(from, to);
    const began = performance.timeOrigin + performance.now();
    this.#canvas.send({ type: 'way', travellers, began, duration, window });
    for (const box of [...(from?.boxes ?? []), ...to.boxes]) if (travels(box)) this.#give(box, atlases);
  }

  /** The content was scrolled, in px. */
  scroll(left: number, top: number): void {
    this.#canvas.send({ type: 'scroll', left, top });
  }

  /** Nothing is painted any more. */
  end(): void {
    this.#given.clear();
    this.#canvas.end();
  }

  #forget(digest: string): void {
    this.#network = digest;
    this.#given.clear();
    this.#canvas.send({ type: 'forget' });
  }

  #give(box: Box, atlases: Atlases): void {
    const key = atlasKey(box);
    if (this.#given.get(key) === atlases) return;
    const atlas = atlases.of(box);
    if (!atlas) return;
    this.#given.set(key, atlases);
    void createImageBitmap(atlas.image).then((image) => {
      if (this.#given.get(key) === atlases)
        this.#canvas.send({ type: 'atlas', key, atlas: { ...atlas, image } }, [image]);
      else image.close();
    });
  }
}
