/**
 * Overviews are decoded by a worker, so that the page can go on meanwhile: on a slow phone it takes a good part of a second. Where there are
 * no workers, the page does it.
 */
import type { Description } from '../protocol/network';
import type { Overview } from './overview';

/** What the worker is asked, and what it answers. */
export interface Asked {
  id: number;
  bytes: ArrayBuffer;
  description: Description;
}
export type Answered = { id: number } & ({ overview: Overview } | { problem: string });

/** Told what the worker answers; `null` where it failed. */
type Waiting = (answer: Answered | null) => void;

/** Decodes for one page. */
export class Decoder {
  readonly #make: () => Worker;
  /** `null` once it has failed: then the page decodes. */
  #worker: Worker | null | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** `make` may throw where browsers have no workers. */
  constructor(make: () => Worker) {
    this.#make = make;
  }

  /** Begins to load the worker, if it is not here. */
  start(): void {
    if (this.#worker !== undefined) return;
    try {
      this.#worker = this.#make();
    } catch {
      this.#worker = null;
      return;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<Answered>) => this.#answered(data);
    this.#worker.onerror = () => this.#fail();
  }

  /** Decodes the answer to `GET /api/overviews/…`. Rejects when it does not belong to the network. */
  async decode(bytes: ArrayBuffer, description: Description): Promise<Overview> {
    this.start();
    const answer = await this.#ask(bytes, description);
    if (!answer) return (await import('./overview')).decodeOverview(bytes, description);
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.overview;
  }

  #ask(bytes: ArrayBuffer, description: Description): Promise<Answered | null> {
    return new Promise((resolve) => {
      if (!this.#worker) {
        resolve(null);
        return;
      }
      const id = (this.#asked += 1);
      this.#waiting.set(id, resolve);
      // Not transferred: where the worker fails, they are needed here.
      this.#worker.postMessage({ id, bytes, description } satisfies Asked);
    });
  }

  #answered(answer: Answered): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }

  #fail(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const tell of this.#waiting.values()) tell(null);
    this.#waiting.clear();
  }
}

/** The decoder of this page. */
export const decoder = new Decoder(
  () => new Worker(new URL('./decoding.worker.ts', import.meta.url), { type: 'module' }),
);
