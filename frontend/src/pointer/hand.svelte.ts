/**
 * The hand of the driver: which tool it holds, where it points and what it has drawn, as far as that has not faded. Shows at once on the
 * own screen and is told to the class at most 20 times a second. Not the events of mouse, finger or keys.
 */
import { INK_MS, STROKES, type Ink, type Pointer, type Aim, type Stroke } from '../protocol/classroom';
import { Throttle } from '../views/throttle';
import type { Place } from './places';
import { legsOf, type Sample } from './stroke';

/** What the hand holds. */
export type Tool = 'off' | 'pointer' | 'pen';

/** Gestures a second: what the server passes on, and no more than the eye sees. */
const GESTURES_PER_SECOND = 20;

/** How long the pointer of a finger that was lifted stays, in ms: as long as ink. */
const LIFTED_MS = INK_MS;

const NOTHING: Pointer = { at: null, strokes: [] };

interface Surroundings {
  /** The class clock, in ms. */
  now: () => number;
  send: (at: Aim | null, ink: Ink | null) => void;
}

export class Hand {
  tool = $state<Tool>('off');
  /** What the own screen shows of it. */
  shown = $state.raw<Pointer>(NOTHING);

  readonly #around: Surroundings;
  readonly #throttle = new Throttle<null>(() => this.#tell(), GESTURES_PER_SECOND);
  /** The stroke under the pen. */
  #path: Sample[] | null = null;
  #next = 1;
  /** The stroke that has grown since the class was told. */
  #untold: Ink | null = null;
  #lifting: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Whether the own screen shows this hand, not what the class was told of another one. */
  get busy(): boolean {
    return this.tool !== 'off' || this.shown.strokes.length > 0;
  }

  /** Takes a tool, or puts away the one it holds. */
  take(tool: Tool): void {
    const before = this.tool;
    this.tool = tool === before ? 'off' : tool;
    this.lift();
    if (this.tool !== 'pointer') this.point(null);
  }

  /** Points somewhere, or nowhere. */
  point(at: Aim | null): void {
    clearTimeout(this.#lifting);
    if (at === null && this.shown.at === null) return;
    this.shown = { ...this.shown, at };
    this.#throttle.push(null);
  }

  /** The finger that pointed is gone: what it pointed at is seen for a while. */
  leave(): void {
    clearTimeout(this.#lifting);
    this.#lifting = setTimeout(() => this.point(null), LIFTED_MS);
  }

  /** Draws on among the places of this screen: through so many points, of which the first may begin a stroke. */
  draw(samples: readonly Sample[], places: readonly Place[]): void {
    if (samples.length === 0) return;
    if (!this.#path) {
      // What is left of the stroke before must not be replaced by this one.
      if (this.#untold) this.#throttle.flush();
      this.#path = [];
      this.#next += 1;
    }
    this.#path.push(...samples);
    const ink: Ink = { id: this.#next, legs: legsOf(this.#path, places) };
    const stroke: Stroke = { ...ink, drawn: this.#around.now() };
    const others = this.fresh().filter(({ id }) => id !== ink.id);
    this.shown = { ...this.shown, strokes: [...others, stroke].slice(-STROKES) };
    this.#untold = ink;
    this.#throttle.push(null);
  }

  /** The pen is off the paper. */
  lift(): void {
    this.#path = null;
  }

  /** What was shown is not any more: parts of an explanation go with it. */
  forget(): void {
    this.lift();
    const isPart = (thing: { kind: string }) => thing.kind === 'part';
    const { at } = this.shown;
    const strokes = this.shown.strokes
      .map((stroke) => ({ ...stroke, legs: stroke.legs.filter(({ thing }) => !isPart(thing)) }))
      .filter(({ legs }) => legs.length > 0);
    this.shown = { at: at && isPart(at.thing) ? null : at, strokes };
  }

  /** Puts everything away, as when someone else drives. */
  rest(): void {
    clearTimeout(this.#lifting);
    this.#throttle.drop();
    this.#path = null;
    this.#untold = null;
    this.tool = 'off';
    this.shown = NOTHING;
  }

  /** Forgets ink that has faded. */
  fade(): void {
    const strokes = this.fresh();
    if (strokes.length < this.shown.strokes.length) this.shown = { ...this.shown, strokes };
  }

  fresh(): Stroke[] {
    const now = this.#around.now();
    return this.shown.strokes.filter(({ drawn }) => now - drawn < INK_MS);
  }

  #tell(): void {
    const ink = this.#untold;
    this.#untold = null;
    this.#around.send(this.shown.at, ink);
  }
}
