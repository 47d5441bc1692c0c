/** Which of many things to let go of so that the rest fits into a number of bytes: what was used longest ago. Holds names, not things. */
export class Budget {
  readonly #mostBytes: number;
  /** In the order of their last use. */
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** What all that is kept takes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Notes a use of what is kept. */
  use(name: string): void {
    const bytes = this.#sizes.get(name);
    if (bytes === undefined) return;
    this.#sizes.delete(name);
    this.#sizes.set(name, bytes);
  }

  /** Makes room for something and returns what has to go; `null` where it does not fit whatever goes. */
  add(name: string, bytes: number): string[] | null {
    if (bytes > this.#mostBytes) return null;
    this.remove(name);
    this.#sizes.set(name, bytes);
    this.#bytes += bytes;
    const gone: string[] = [];
    for (const oldest of this.#sizes.keys()) {
      if (this.#bytes <= this.#mostBytes) break;
      this.remove(oldest);
      gone.push(oldest);
    }
    return gone;
  }

  /** Forgets something. */
  remove(name: string): void {
    this.#bytes -= this.#sizes.get(name) ?? 0;
    this.#sizes.delete(name);
  }
}
