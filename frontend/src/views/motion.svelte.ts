/** Motion: the scene on its way to the newest one. Asks for animation frames only while something moves. */
import { prefersReducedMotion } from 'svelte/motion';

import { between, type MovingScene } from '../scene/between';
import type { Scene } from '../scene/scene';

/** How long boxes take to their new places, in ms. */
const MOVE_MS = 420;
/** How long a new picture takes to fade in, in ms. */
const FADE_MS = 300;

/** A number on its way from 0 to 1. */
export class Progress {
  value = $state(1);
  readonly #duration: number;
  #frame = 0;

  constructor(duration: number) {
    this.#duration = duration;
  }

  /** Begins at 0 again; with reduced motion it is at 1 at once. */
  start(): void {
    cancelAnimationFrame(this.#frame);
    if (prefersReducedMotion.current) {
      this.value = 1;
      return;
    }
    this.value = 0;
    let begin: number | null = null;
    const frame = (now: number) => {
      begin ??= now;
      this.value = Math.min((now - begin) / this.#duration, 1);
      if (this.value < 1) this.#frame = requestAnimationFrame(frame);
    };
    this.#frame = requestAnimationFrame(frame);
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.value = 1;
  }
}

/** The moving scene of one canvas. */
export class Motion {
  readonly fade = new Progress(FADE_MS);
  readonly #way = new Progress(MOVE_MS);
  #target = $state.raw<Scene | null>(null);
  #from: MovingScene | null = null;
  #key = '';

  /** The scene to paint now. */
  readonly scene = $derived(this.#target && between(this.#from, this.#target, this.#way.value));

  /** Whether boxes move. */
  get moving(): boolean {
    return this.#way.value < 1;
  }

  /** Heads for `target`: by a journey if `key` is new, at once otherwise (resizing and scrolling are not journeys). */
  head(target: Scene, key: string): void {
    const journey = this.#key !== '' && this.#key !== key;
    if (journey) {
      this.#from = this.scene;
      this.#way.start();
    }
    this.#key = key;
    this.#target = target;
  }

  end(): void {
    this.fade.end();
    this.#way.end();
  }
}
