/**
 * Where a replay is: a time of the class that stands or runs at a speed. Sets a timer only while it runs. Not what is seen there: see
 * `film.ts`.
 */

/** The speeds of a replay. */
export const SPEEDS = [1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** How often the time is told while the tape runs, in ms. */
const TICK_MS = 250;

/** Where the tape was put, and how it has run since. */
export interface Cue {
  /** Ms since the class was opened. */
  at: number;
  /** When that was, on the own clock. */
  since: number;
  runs: boolean;
  speed: Speed;
}

/** What a tape asks about the way ahead. */
export interface Way {
  /** When something happens after a time, or `null`. */
  after: (time: number) => number | null;
  /** Called when the tape came from one time to another: where it goes instead, and whether it stands there. */
  passed: (from: number, to: number) => { at: number; stops: boolean } | null;
}

export class Tape {
  readonly length: number;
  readonly #own: () => number;
  /** Changes whenever the tape is put somewhere, started or stopped: from then on `now` is another function of the own clock. */
  cue = $state.raw<Cue>({ at: 0, since: 0, runs: false, speed: 1 });
  /** The time as it was told last. */
  position = $state(0);

  constructor(length: number, own: () => number) {
    this.length = length;
    this.#own = own;
  }

  get runs(): boolean {
    return this.cue.runs;
  }

  get speed(): Speed {
    return this.cue.speed;
  }

  /** The time at this very moment, in ms. */
  now = (): number => {
    const { at, since, runs, speed } = this.cue;
    return runs ? Math.min(at + (this.#own() - since) * speed, this.length) : at;
  };

  /** Runs on, at the end from the beginning. */
  play(): void {
    this.#put({ at: this.now() >= this.length ? 0 : this.now(), runs: true });
  }

  stop(): void {
    this.#put({ runs: false });
  }

  /** Goes to a time and stands or runs as before. */
  seek(at: number): void {
    this.#put({ at: Math.min(Math.max(at, 0), this.length) });
  }

  setSpeed(speed: Speed): void {
    this.#put({ speed });
  }

  /** Tells the time while the tape runs, until the returned function is called. Call it in an effect: it begins anew with each cue. */
  follow({ after, passed }: Way): () => void {
    const { cue } = this;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      const now = this.now();
      const due = Math.min(after(now) ?? this.length, this.length);
      timer = setTimeout(tick, Math.max(Math.min((due - now) / cue.speed, TICK_MS), 0));
    };
    const tick = () => {
      const turn = passed(this.position, this.now());
      if (turn) this.#put({ at: turn.at, runs: !turn.stops });
      else if (this.now() >= this.length) this.stop();
      else {
        this.position = this.now();
        wait();
      }
    };
    if (cue.runs) wait();
    return () => clearTimeout(timer);
  }

  #put(change: Partial<Omit<Cue, 'since'>>): void {
    this.cue = { ...this.cue, at: this.now(), ...change, since: this.#own() };
    this.position = this.cue.at;
  }
}
