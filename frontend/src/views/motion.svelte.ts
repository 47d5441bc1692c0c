/**
 * Motion: the picture of a network on its way from one scene to the newest one. What paints the boxes on it is `travel/Travel.svelte`; here is
 * when they set out, when they arrive, and where they are in between. A way begins with a frame in which the boxes set out and nothing else has changed;
 * what waits at its end is made out of sight, piece by piece in the frames after it.
 */
import { prefersReducedMotion } from 'svelte/motion';

import { between, isThere, type MovingScene } from '../scene/between';
import type { Scene } from '../scene/scene';

/** How long boxes take to their new places, in ms. */
const MOVE_MS = 420;
/** From when on the new scene fades in around the boxes, in ms: then they are nearly there. */
const NEAR_MS = 240;
/** How many of the pieces are what stands in a view. They are made at once where another one is open: what has the focus stays. */
const STANDING = 3;
/** Most boxes that are carried: more would take longer to set out than the way itself. */
const BOXES_MOST = 400;

/** A way under way. */
export interface Way {
  from: MovingScene;
  to: Scene;
  /** In ms. */
  duration: number;
}

/** From where to where: a change of either is a way. */
export interface Journey {
  /** Digest of the network. */
  network: string;
  /** What is open in it. */
  station: string;
  /** Whose view that is: the pairs of one unit are shown in the same. */
  home: string;
}

/** The motion of one picture. */
export class Motion {
  /** The scene in which stands what can be pointed at and read, the digest of its network, and whose view it is. */
  placed = $state.raw<{ scene: Scene; network: string; home: string } | null>(null);
  /** Whether the view of what is open may be there. */
  entered = $state(false);
  /** Whether its controls may be there. */
  controlled = $state(false);
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
  #journey: Journey = { network: '', station: '', home: '' };
  #began = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];
  /** What is still to be made, in this order. */
  #pieces: (() => void)[] = [];
  #made = 0;
  /** Whether the boxes are at their places. */
  #arrived = false;
  #frame = 0;

  get moving(): boolean {
    return this.way !== null;
  }

  /**
   * Heads for `target`: by a way if the journey is a new one, at once otherwise (resizing and scrolling are no journeys). From one pair of a
   * unit to another mostly nothing moves: then all that stands there stays in sight, and only what is lit changes.
   */
  head(target: Scene, journey: Journey): void {
    const { network, station, home } = this.#journey;
    const isNew = network !== journey.network || station !== journey.station;
    const from = this.#here();
    const rests = from !== null && home === journey.home && isThere(from, target);
    const isWay = this.carried && network !== '' && isNew && !prefersReducedMotion.current;
    this.#journey = journey;
    this.#target = target;
    if (isWay && rests) this.#rest();
    else if (isWay && from && from.boxes.length + target.boxes.length <= 2 * BOXES_MOST)
      this.#set(from, target, MOVE_MS, this.entered && home !== journey.home ? STANDING : 0);
    else if (from && this.way && !this.#arrived)
      this.#set(from, target, MOVE_MS - (performance.now() - this.#began), this.#made);
    else this.end();
  }

  /** Is there at once. */
  end(): void {
    this.#stop();
    for (const make of this.#all()) make();
    this.far = false;
    this.way = null;
  }

  /** `made`: how many of the pieces are made at once. */
  #set(from: MovingScene, to: Scene, duration: number, made: number): void {
    this.#stop();
    this.#timers = [
      setTimeout(() => (this.far = false), NEAR_MS),
      setTimeout(() => {
        this.#arrived = true;
        this.#finish();
      }, duration),
    ];
    this.#began = performance.now() - (MOVE_MS - duration);
    this.#arrived = false;
    this.far = true;
    this.scene = this.staged = null;
    this.way = { from, to, duration };
    this.#pieces = this.#all();
    for (const make of this.#pieces.splice(0, made)) make();
    this.#made = made;
    this.#makeNext();
  }

  /** Stays where it is; what is lit is made anew as at the end of a way. */
  #rest(): void {
    this.#stop();
    this.far = false;
    this.way = null;
    this.#pieces = this.#all();
    this.#made = 0;
    this.#makeNext();
  }

  #all(): (() => void)[] {
    const [scene, { network, home }] = [this.#target, this.#journey];
    return [
      () => (this.placed = scene && { scene, network, home }),
      () => (this.entered = scene !== null && (scene.open !== null || scene.bar !== null)),
      () => (this.controlled = this.entered),
      () => (this.scene = scene),
      () => (this.staged = scene),
    ];
  }

  /** Makes the next piece when the frame that is about to be painted has been. */
  #makeNext(): void {
    const [next] = this.#pieces;
    if (!next) return this.#finish();
    this.#frame = requestAnimationFrame(() => {
      this.#timers.push(
        setTimeout(() => {
          next();
          this.#pieces.shift();
          this.#made += 1;
          this.#makeNext();
        }),
      );
    });
  }

  /** The way is over when the boxes are there and all else is, too: on a slow device the boxes wait for it, so that no frame has to make it all. */
  #finish(): void {
    if (!this.#arrived || this.#pieces.length > 0) return;
    this.#stop();
    this.far = false;
    this.way = null;
  }

  /** The scene that is seen now. */
  #here(): MovingScene | null {
    const { way } = this;
    if (!way) return this.#target && between(null, this.#target, 1);
    const left = MOVE_MS - (performance.now() - this.#began);
    return between(way.from, way.to, 1 - left / way.duration);
  }

  /** Gives up what was waited for. */
  #stop(): void {
    cancelAnimationFrame(this.#frame);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = this.#pieces = [];
  }
}
