/** A throttle: passes values on at most so often; the latest wins, and the last one is always passed on. */

/** Commands a drag may send: below the server's 20 per second. */
export const COMMANDS_PER_SECOND = 15;

/** Passes values to `send`. */
export class Throttle<T> {
  readonly #send: (value: T) => void;
  readonly #gapMs: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #waiting: { value: T } | null = null;

  constructor(send: (value: T) => void, perSecond = COMMANDS_PER_SECOND) {
    this.#send = send;
    this.#gapMs = 1000 / perSecond;
  }

  /** Passes a value on now, or as soon as it may. */
  push(value: T): void {
    if (this.#timer !== null) {
      this.#waiting = { value };
      return;
    }
    this.#send(value);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const next = this.#waiting;
      this.#waiting = null;
      if (next) this.push(next.value);
    }, this.#gapMs);
  }

  /** Passes on what still waits, at once. */
  flush(): void {
    const next = this.#waiting;
    this.#waiting = null;
    if (next) this.#send(next.value);
  }

  /** Forgets what still waits. */
  drop(): void {
    this.#waiting = null;
  }
}
