/**
 * Motion: the picture of a network on its way from one scene to the newest one. What carries the boxes along is `Carriers.svelte`; here is
 * when they set out, when they arrive, and where they are in between. Asks for no animation frames.
 */
import { prefersReducedMotion } from 'svelte/motion';

import { between, type MovingScene } from '../scene/between';
import type { Scene } from '../scene/scene';

/** How long boxes take to their new places, in ms. */
const MOVE_MS = 420;
/** When the new scene and what it stages are painted, in ms since the beginning: out of sight, and not both in one frame. */
const PAINT_MS = { scene: 100, staged: 160 };
/** From when on it fades in around the boxes, in ms: then they are nearly there. */
const NEAR_MS = 240;
/** Most boxes that are carried: more would take longer to set out than the way itself. */
const BOXES_MOST = 400;

/** A way under way. */
export interface Way {
  from: MovingScene;
  to: Scene;
  /** In ms. */
  duration: number;
}

/** The motion of one picture. */
export class Motion {
  /** The scene whose tiles and edges are to be painted; nothing at the beginning of a way, when all of that is out of sight. */
  scene = $state.raw<Scene | null>(null);
  /** The scene whose nodes are to be painted; nothing at the beginning. */
  staged = $state.raw<Scene | null>(null);
  /** The way that the boxes are on, if they are on one. */
  way = $state.raw<Way | null>(null);
  /** Whether what stands around the boxes is out of sight: they are still far from their places. */
  far = $state(false);
  /** Whether there is something that carries the boxes. */
  carried = false;
  #target: Scene | null = null;
  #key = '';
  #began = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];

  get moving(): boolean {
    return this.way !== null;
  }

  /** Heads for `target`: by a journey if `key` is new, at once otherwise (resizing and scrolling are not journeys). */
  head(target: Scene, key: string): void {
    const isJourney = this.carried && this.#key !== '' && this.#key !== key && !prefersReducedMotion.current;
    const from = this.#here();
    this.#key = key;
    this.#target = target;
    if (isJourney && from && from.boxes.length + target.boxes.length <= 2 * BOXES_MOST)
      this.#set(from, target, MOVE_MS);
    else if (from && this.way) this.#set(from, target, MOVE_MS - (performance.now() - this.#began));
    else this.end();
  }

  /** Is there at once. */
  end(): void {
    this.#wait();
    this.scene = this.staged = this.#target;
    this.far = false;
    this.way = null;
  }

  #set(from: MovingScene, to: Scene, duration: number): void {
    this.#wait(
      [PAINT_MS.scene, () => (this.scene = this.#target)],
      [PAINT_MS.staged, () => (this.staged = this.#target)],
      [NEAR_MS, () => (this.far = false)],
      [duration, () => this.end()],
    );
    this.#began = performance.now() - (MOVE_MS - duration);
    this.far = true;
    this.scene = this.staged = null;
    this.way = { from, to, duration };
  }

  /** The scene that is seen now. */
  #here(): MovingScene | null {
    const { way } = this;
    if (!way) return this.#target && between(null, this.#target, 1);
    const left = MOVE_MS - (performance.now() - this.#began);
    return between(way.from, way.to, 1 - left / way.duration);
  }

  /** Does something after so many ms each; what was waited for is given up. */
  #wait(...steps: [number, () => void][]): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = steps.map(([ms, run]) => setTimeout(run, ms));
  }
}
