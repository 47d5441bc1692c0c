/**
 * A transport that takes the second way where the first does not get through: a WebSocket that something on the way refuses, swallows or
 * delays. Which way is open is known only by a message that came: an upgrade that was accepted says nothing.
 */
import type { OpenTransport, Transport, TransportEvents } from './transport';

/** How long the first way may take until its first message, in ms. */
export const PATIENCE_MS = 3000;

/** The two ways to a class. */
export interface Ways {
  first: OpenTransport;
  second: OpenTransport;
}

/** Opens the way that worked last; the other one when nothing comes of it. */
export function withFallback({ first, second }: Ways): OpenTransport {
  let order: readonly OpenTransport[] = [first, second];
  return (events) =>
    new Attempt(events, order, (index) => (order = index === 0 ? order : [...order].reverse()));
}

class Attempt implements Transport {
  readonly #events: TransportEvents;
  readonly #ways: readonly OpenTransport[];
  readonly #works: (index: number) => void;
  #index = -1;
  #current: Transport | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(events: TransportEvents, ways: readonly OpenTransport[], works: (index: number) => void) {
    this.#events = events;
    this.#ways = ways;
    this.#works = works;
    this.#next();
  }

  send(message: Parameters<Transport['send']>[0]): void {
    this.#current?.send(message);
  }

  close(): void {
    clearTimeout(this.#patience);
    this.#current?.close();
    this.#current = null;
  }

  /** Opens the next way; closed when there is none left. */
  #next(): void {
    this.close();
    this.#index += 1;
    const open = this.#ways[this.#index];
    if (!open) {
      this.#events.closed();
      return;
    }
    const index = this.#index;
    let heard = false;
    const isCurrent = () => this.#index === index;
    this.#current = open({
      open: () => isCurrent() && this.#events.open(),
      message: (text) => {
        if (!isCurrent()) return;
        if (!heard) {
          heard = true;
          clearTimeout(this.#patience);
          this.#works(index);
        }
        this.#events.message(text);
      },
      closed: () => {
        if (!isCurrent()) return;
        if (heard) this.#events.closed();
        else this.#next();
      },
    });
    if (this.#ways[index + 1]) this.#patience = setTimeout(() => this.#next(), PATIENCE_MS);
  }
}
