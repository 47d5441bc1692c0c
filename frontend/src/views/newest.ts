/**
 * The newest of many wishes, one at a time: while one is being fulfilled the next waits, and those between are never begun. Not for
 * wishes that must all be fulfilled.
 */

/** What becomes of the wish that is being fulfilled: it is given up, or it comes first. */
export type Turn = 'instead' | 'after';

/** Fulfils wishes of one kind. */
export class Newest<W> {
  readonly #fulfil: (wish: W, signal: AbortSignal) => Promise<void>;
  #under: AbortController | null = null;
  #next: { wish: W } | null = null;

  /** `fulfil` never rejects, and changes nothing once its signal is aborted. */
  constructor(fulfil: (wish: W, signal: AbortSignal) => Promise<void>) {
    this.#fulfil = fulfil;
  }

  want(wish: W, turn: Turn): void {
    this.#next = { wish };
    if (turn === 'instead') this.#giveUp();
    if (!this.#under) void this.#begin();
  }

  /** Gives everything up. */
  end(): void {
    this.#next = null;
    this.#giveUp();
  }

  #giveUp(): void {
    this.#under?.abort(new DOMException('superseded', 'AbortError'));
    this.#under = null;
  }

  async #begin(): Promise<void> {
    while (this.#next && !this.#under) {
      const { wish } = this.#next;
      this.#next = null;
      const under = new AbortController();
      this.#under = under;
      await this.#fulfil(wish, under.signal);
      // Given up meanwhile: whoever came instead goes on.
      if (this.#under !== under) return;
      this.#under = null;
    }
  }
}
