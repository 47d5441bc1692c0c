/** Says the newest of many values at most once per interval, and always the last one. Not for values that must all arrive. */
export class Throttle<T> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: { value: T } | undefined;

  readonly #everyMs: number;
  readonly #say: (value: T) => void;

  constructor(everyMs: number, say: (value: T) => void) {
    this.#everyMs = everyMs;
    this.#say = say;
  }

  /** Says `value` now, or when the interval since the last one is over. */
  give(value: T): void {
    this.#next = { value };
    if (this.#timer === undefined) this.#flush();
  }

  /** Says nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next = undefined;
  }

  #flush(): void {
    const next = this.#next;
    this.#next = undefined;
    this.#timer = next && setTimeout(() => this.#flush(), this.#everyMs);
    if (next) this.#say(next.value);
  }
}
