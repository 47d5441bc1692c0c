/**
 * Who paints what travels: a worker that is given the canvas, where browsers can give canvases away, else the page. Keeps account of the
 * atlases that the painter has, so that each is sent once.
 */
import { Travel, type Order, type Traveller, type Window } from '../../paint/travel';
import { type Box, type Scene } from '../../scene/scene';
import { atlasKey, type Atlases } from '../atlases';
import { travellersOf, travels } from './travellers';
import type { MovingScene } from '../../scene/between';

/** From where to where, in how many ms, on which part of the content. */
export interface Departure {
  from: MovingScene | null;
  to: Scene;
  duration: number;
  window: Window;
}

/** What the worker is told: of which canvas, and the canvas itself, an order, or that it is of no more use. */
export interface Told {
  id: number;
  what: OffscreenCanvas | Order | null;
}

/** The worker of this page, once something needs it, and how many canvases it was given. */
let worker: Worker | null = null;
let canvases = 0;

/** The painter of one canvas. */
export class Painter {
  readonly #send: (what: Told['what'], given?: Transferable[]) => void;
  /** The atlases that it has, by key, and whose they are. */
  readonly #given = new Map<string, Atlases>();
  #network = '';
  #forsake = () => {};

  /** `failed`: told if nothing will be painted. */
  constructor(canvas: HTMLCanvasElement, failed: () => void) {
    if (typeof canvas.transferControlToOffscreen !== 'function') {
      const travel = new Travel(canvas);
      this.#send = (what) => {
        if (what && 'type' in what) travel.take(what);
      };
      return;
    }
    const to = (worker ??= new Worker(new URL('./travel.worker.ts', import.meta.url), { type: 'module' }));
    to.addEventListener('error', failed);
    this.#forsake = () => to.removeEventListener('error', failed);
    const id = (canvases += 1);
    this.#send = (what, given = []) => to.postMessage({ id, what } satisfies Told, given);
    const offscreen = canvas.transferControlToOffscreen();
    this.#send(offscreen, [offscreen]);
  }

  /** Lets the tiles set out. Those whose atlas is not there join when it is. */
  depart({ from, to, duration, window }: Departure, atlases: Atlases): void {
    const { digest } = atlases.shown.network;
    if (this.#network !== digest) this.#forget(digest);
    // Those of a picture before are not kept for its sake.
    for (const [key, of] of this.#given) if (of !== atlases) this.#given.delete(key);
    const travellers: Traveller[] = travellersOf(from, to);
    const began = performance.timeOrigin + performance.now();
    this.#send({ type: 'way', travellers, began, duration, window });
    for (const box of [...(from?.boxes ?? []), ...to.boxes]) if (travels(box)) this.#give(box, atlases);
  }

  /** The content was scrolled, in px. */
  scroll(left: number, top: number): void {
    this.#send({ type: 'scroll', left, top });
  }

  /** Nothing is painted any more. */
  end(): void {
    this.#given.clear();
    this.#send({ type: 'forget' });
    this.#send(null);
    this.#forsake();
  }

  #forget(digest: string): void {
    this.#network = digest;
    this.#given.clear();
    this.#send({ type: 'forget' });
  }

  #give(box: Box, atlases: Atlases): void {
    const key = atlasKey(box);
    if (this.#given.get(key) === atlases) return;
    const atlas = atlases.of(box);
    if (!atlas) return;
    this.#given.set(key, atlases);
    void createImageBitmap(atlas.image).then((image) => {
      if (this.#given.get(key) === atlases)
        this.#send({ type: 'atlas', key, atlas: { ...atlas, image } }, [image]);
      else image.close();
    });
  }
}
