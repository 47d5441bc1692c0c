/**
 * A cache of immutable answers by address, within a budget of bytes. One request per address however many ask; it is aborted when
 * nobody waits for it any more. Not persistent: the browser's own HTTP cache is.
 */
import { ApiError } from './api';

/** What a cache needs to know of its values. */
export interface BlobKind<T> {
  /** Memory that all values together may take, in bytes; the least recently used go first. */
  budgetBytes: number;
  sizeOf: (value: T) => number;
}

/** Asks again this often while the server is too busy, then gives up. */
const TRIES = 5;
/** Waiting time when a busy server does not say how long, and the longest that is obeyed, in ms. */
const WAIT_MS = { unsaid: 1000, most: 10_000 };

interface Pending<T> {
  answer: Promise<T>;
  abort: AbortController;
  waiting: number;
}

/** A bounded cache of what `load` fetches. */
export class Blobs<T> {
  readonly #kind: BlobKind<T>;
  readonly #kept = new Map<string, T>();
  readonly #pending = new Map<string, Pending<T>>();
  #bytes = 0;

  constructor(kind: BlobKind<T>) {
    this.#kind = kind;
  }

  /** Memory that the kept values take, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The value if it is here; asking counts as use. */
  peek(address: string): T | null {
    const value = this.#kept.get(address);
    if (value === undefined) return null;
    this.#kept.delete(address);
    this.#kept.set(address, value);
    return value;
  }

  /** The value, fetched if need be. Rejects with `AbortError` once `signal` is aborted, with `ApiError` when it fails. */
  async get(address: string, load: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const kept = this.peek(address);
    if (kept !== null) return kept;
    const pending = this.#pending.get(address) ?? this.#start(address, load);
    pending.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        pending.waiting -= 1;
        if (pending.waiting === 0) this.#forget(address, pending);
        reject(signal.reason instanceof Error ? signal.reason : new DOMException('superseded', 'AbortError'));
      };
      signal.addEventListener('abort', leave, { once: true });
      pending.answer.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
      });
    });
  }

  #start(address: string, load: (signal: AbortSignal) => Promise<T>): Pending<T> {
    const abort = new AbortController();
    const answer = persevering(() => load(abort.signal), abort.signal);
    const pending: Pending<T> = { answer, abort, waiting: 0 };
    this.#pending.set(address, pending);
    answer.then(
      (value) => {
        if (this.#pending.get(address) === pending) this.#pending.delete(address);
        this.#keep(address, value);
      },
      () => {
        if (this.#pending.get(address) === pending) this.#pending.delete(address);
      },
    );
    return pending;
  }

  #forget(address: string, pending: Pending<T>): void {
    if (this.#pending.get(address) === pending) this.#pending.delete(address);
    pending.abort.abort(new DOMException('superseded', 'AbortError'));
  }

  #keep(address: string, value: T): void {
    this.#kept.set(address, value);
    this.#bytes += this.#kind.sizeOf(value);
    for (const [oldest, old] of this.#kept) {
      // The newest stays even if it alone is over the budget: somebody is about to show it.
      if (this.#bytes <= this.#kind.budgetBytes || oldest === address) break;
      this.#kept.delete(oldest);
      this.#bytes -= this.#kind.sizeOf(old);
    }
  }
}

/** Tries again while the server says that it is busy, when it says. */
async function persevering<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      const busy = error instanceof ApiError && (error.status === 503 || error.status === 429);
      if (!busy || left <= 1) throw error;
      // Spread over half as long again, or a whole class would come back at the same moment.
      const wait = Math.min(error.retryAfterMs ?? WAIT_MS.unsaid, WAIT_MS.most) * (1 + Math.random() / 2);
      await pause(wait, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason instanceof Error ? signal.reason : new DOMException('superseded', 'AbortError'));
      },
      { once: true },
    );
  });
}
