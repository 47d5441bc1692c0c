/**
 * The player: the step that is shown now, from the stage's playback and the class clock, and the wishes to change it. Sets a timer for the
 * next step only while the kernel moves.
 */
import { RATES, type Playback } from '../protocol/classroom';
import type { StageCommand } from '../sync/stage';
import { isMoving, nextStepIn, stepAt } from '../sync/playback';
import { Throttle } from './throttle';

/** What a player plays. */
export interface Score {
  playback: () => Playback;
  /** Number of steps; 1 where nothing moves. */
  steps: () => number;
  now: () => number;
  /** How fast `now` runs, in ms per ms; 1 where nothing is said. */
  speed?: () => number;
  /** Whether a mouse moves the window by pointing alone. */
  hover: () => boolean;
  send: (command: StageCommand) => void;
}

/** The player of one explorer. */
export class Player {
  readonly #score: Score;
  /** The step under a finger, before the stage knows of it. */
  #held = $state<number | null>(null);
  #beat = $state(0);
  #rate = $state<number>(RATES[1]);
  readonly #moves: Throttle<number>;

  /** The step shown now. */
  readonly step = $derived.by(() => {
    void this.#beat;
    const { playback, now, steps } = this.#score;
    return this.#held ?? stepAt(playback(), now(), steps());
  });
  /** Whether the kernel moves. */
  readonly playing = $derived.by(() => {
    void this.#beat;
    const { playback, now, steps } = this.#score;
    return this.#held === null && isMoving(playback(), now(), steps());
  });

  constructor(score: Score) {
    this.#score = score;
    this.#moves = new Throttle((step) => score.send({ type: 'step', step }));
  }

  /** Whether a finger or a key holds the window; the stage follows. */
  get held(): boolean {
    return this.#held !== null;
  }

  get hover(): boolean {
    return this.#score.hover();
  }

  get steps(): number {
    return this.#score.steps();
  }

  /** Steps per second, of this or the next playing. */
  get rate(): number {
    const playback = this.#score.playback();
    return playback.kind === 'playing' ? playback.rate : this.#rate;
  }

  /** Keeps `step` up to date; returns what ends it. Call it in an effect. */
  follow(): () => void {
    const { playback, now, steps, speed } = this.#score;
    const [current, count, pace] = [playback(), steps(), speed?.() ?? 1];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const wait = () => {
      const ms = nextStepIn(current, now(), count);
      if (ms === null) return;
      timer = setTimeout(
        () => {
          this.#beat += 1;
          wait();
        },
        Math.ceil(ms / pace),
      );
    };
    wait();
    return () => {
      if (timer !== null) clearTimeout(timer);
    };
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Plays from here, from the beginning when it stands at the end. */
  play(): void {
    const from = this.step >= this.steps - 1 ? 0 : this.step;
    this.#letGo();
    this.#score.send({ type: 'play', from, rate: this.rate });
  }

  /** From the beginning. */
  replay(): void {
    this.#letGo();
    this.#score.send({ type: 'play', from: 0, rate: this.rate });
  }

  /** To the end at once. */
  skip(): void {
    this.#letGo();
    this.#score.send({ type: 'step', step: this.steps - 1 });
  }

  pause(): void {
    const { step } = this;
    this.#letGo();
    this.#score.send({ type: 'pause', step });
  }

  stepBy(count: number): void {
    const step = Math.min(Math.max(this.step + count, 0), this.steps - 1);
    this.#letGo();
    this.#score.send({ type: 'step', step });
  }

  setRate(rate: number): void {
    this.#rate = rate;
    if (this.playing) this.#score.send({ type: 'play', from: this.step, rate });
  }

  /** Moves to a step under a finger: shown at once, told to others as often as allowed. */
  drag(step: number): void {
    if (step === this.step && !this.playing) return;
    this.#held = step;
    this.#moves.push(step);
  }

  /** A control takes over from the finger. */
  #letGo(): void {
    if (this.#held === null) return;
    this.drop();
  }

  /** The finger is lifted: the last step is told. */
  drop(): void {
    this.#moves.flush();
    this.#held = null;
  }
}
