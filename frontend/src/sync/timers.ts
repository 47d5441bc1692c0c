/** Timeouts that end together with their owner. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>();

  /** Does `action` in `ms`, unless all are stopped before. */
  after(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      action();
    }, ms);
    this.#running.add(timer);
  }

  stop(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
