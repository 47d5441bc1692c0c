/**
 * The connection of one screen to its class: opens a transport, says hello, notices when it is dead and comes back. What messages mean
 * is its owner's matter; it reads only those that begin and end a connection. Every time it holds is of `performance.now()`, in ms.
 */
import type { ClientMessage, Farewell, ServerMessage } from '../protocol/classroom';
import { backoff } from './backoff';
import { decodeServerMessage } from './decode';
import type { OpenTransport, Transport } from './transport';

/** What people are told about the connection. */
export type ConnectionState =
  /** The first attempt, or a later one, is under way. */
  | { phase: 'connecting' }
  | { phase: 'online' }
  /** The browser says that this device has no network. */
  | { phase: 'offline' }
  /** The server cannot be reached; the next attempt is at `retryAt`. */
  | { phase: 'lost'; retryAt: number }
  /** The server said goodbye for good: no further attempts. */
  | { phase: 'refused'; reason: Farewell };

/** What a connection needs from the one it belongs to. */
export interface ConnectionOwner {
  hello(): ClientMessage;
  /** A message other than `bye`, that arrived at `at`. */
  received(message: ServerMessage, at: number): void;
  changed(state: ConnectionState): void;
  /** Whether another attempt makes sense although the server refused for `reason`, because the next hello will differ. */
  canComeBack(reason: Farewell): boolean;
}

/** Where the environment comes in, so that tests can decide it. */
export interface Surroundings {
  open: OpenTransport;
  /** Uniform in [0, 1). */
  random(): number;
  isOnline(): boolean;
}

/** How often the server is pinged: it drops who is not heard for three times this long. */
export const PING_EVERY_MS = 5000;

/** A server that leaves a ping unanswered for this long is gone. */
export const SILENCE_MS = 15_000;

/**
 * The same, where there is reason to doubt: after sleep, or when the network came or went. With the shortest wait and a new greeting, whose
 * address changed is back within two seconds; where an answer was only late, all that is lost is a greeting.
 */
export const PROBE_MS = 1000;

/** The longest that opening and saying hello may take. */
export const OPENING_MS = 10_000;

/** A connection that held this long was a good one: the next loss begins with the shortest wait again. */
const GOOD_MS = 5000;

/** Farewells after which the same hello may succeed a moment later. */
const PASSING: ReadonlySet<Farewell> = new Set<Farewell>(['restarting', 'silent', 'tooFast']);

type Phase =
  | { name: 'idle' }
  | { name: 'opening'; transport: Transport; deadline: Timer; since: number }
  | {
      name: 'online';
      transport: Transport;
      heartbeat: Timer;
      probe: Timer | undefined;
      since: number;
      unanswered: number | null;
    }
  | { name: 'waiting'; retry: Timer }
  | { name: 'refused' }
  | { name: 'closed' };

type Timer = ReturnType<typeof setTimeout>;

export class Connection {
  #phase: Phase = { name: 'idle' };
  /** Attempts that failed in a row. */
  #failures = 0;
  /** Frames that were no message of the protocol. */
  #malformed = 0;

  readonly #owner: ConnectionOwner;
  readonly #around: Surroundings;

  constructor(owner: ConnectionOwner, around: Surroundings) {
    this.#owner = owner;
    this.#around = around;
  }

  get malformed(): number {
    return this.#malformed;
  }

  /** Begins, or begins again at once where it waits or was refused. */
  start(): void {
    if (this.#phase.name === 'opening' || this.#phase.name === 'online' || this.#phase.name === 'closed')
      return;
    this.#clear();
    const transport = this.#around.open({
      open: () => transport.send(this.#owner.hello()),
      message: (text) => this.#hear(text),
      closed: () => this.#lose(),
    });
    const deadline = setTimeout(() => this.#hang(), OPENING_MS);
    this.#phase = { name: 'opening', transport, deadline, since: performance.now() };
    this.#owner.changed({ phase: 'connecting' });
  }

  /** Sends where it is online; returns whether it is. */
  send(message: ClientMessage): boolean {
    if (this.#phase.name !== 'online') return false;
    this.#phase.transport.send(message);
    return true;
  }

  /** Something happened after which the world may be another: the page became visible, the network came or went. */
  doubt(): void {
    if (this.#phase.name === 'waiting') {
      this.#failures = 0;
      if (this.#around.isOnline()) this.start();
      else this.#wait();
    } else if (this.#phase.name === 'opening') {
      // What was asked for before the network was there may never be answered; what was asked for just now may.
      if (performance.now() - this.#phase.since < PROBE_MS || !this.#around.isOnline()) return;
      this.#clear();
      this.#phase = { name: 'idle' };
      this.#failures = 0;
      this.start();
    } else if (this.#phase.name === 'online' && this.#phase.probe === undefined) {
      this.ping();
      this.#phase.probe = setTimeout(() => this.#lose(), PROBE_MS);
    }
  }

  /** Asks the server for a sign of life and for its clock. */
  ping(): void {
    const phase = this.#phase;
    if (phase.name !== 'online') return;
    const now = performance.now();
    // A page in the background may not run for a minute: only an unanswered ping counts as silence, not the time between two.
    phase.unanswered ??= now;
    phase.transport.send({ type: 'ping', sent: Math.floor(now) });
  }

  /** Ends for good. */
  close(): void {
    this.#clear();
    this.#phase = { name: 'closed' };
  }

  #hear(text: string): void {
    const message = decodeServerMessage(text);
    if (!message) {
      this.#malformed += 1;
      return;
    }
    if (this.#phase.name === 'online') {
      clearTimeout(this.#phase.probe);
      this.#phase.probe = undefined;
      this.#phase.unanswered = null;
    }
    if (message.type === 'bye') {
      this.#part(message.reason);
      return;
    }
    if (message.type === 'welcome' && this.#phase.name === 'opening') this.#settle(this.#phase.transport);
    this.#owner.received(message, performance.now());
  }

  #settle(transport: Transport): void {
    this.#clearTimers();
    this.#phase = {
      name: 'online',
      transport,
      heartbeat: setInterval(() => this.#beat(), PING_EVERY_MS),
      probe: undefined,
      since: performance.now(),
      unanswered: null,
    };
    this.#owner.changed({ phase: 'online' });
  }

  #beat(): void {
    if (this.#phase.name !== 'online') return;
    const { unanswered } = this.#phase;
    if (unanswered !== null && performance.now() - unanswered >= SILENCE_MS) this.#lose();
    else this.ping();
  }

  #part(reason: Farewell): void {
    if (PASSING.has(reason)) {
      this.#lose();
    } else if (this.#owner.canComeBack(reason)) {
      this.#clear();
      this.#phase = { name: 'idle' };
      this.start();
    } else {
      this.#clear();
      this.#phase = { name: 'refused' };
      this.#owner.changed({ phase: 'refused', reason });
    }
  }

  #lose(): void {
    const phase = this.#phase;
    if (phase.name !== 'opening' && phase.name !== 'online') return;
    if (phase.name === 'online' && performance.now() - phase.since >= GOOD_MS) this.#failures = 0;
    this.#wait();
  }

  /** Nobody answered for as long as opening may take. That was the wait: no server was troubled, and the network may be back now. */
  #hang(): void {
    this.#failures = 0;
    this.#wait();
  }

  #wait(): void {
    this.#clear();
    // Attempts go on without a network, too: a laptop that is its own server has none.
    const delay = backoff(this.#failures, this.#around.random());
    this.#failures += 1;
    this.#phase = { name: 'waiting', retry: setTimeout(() => this.start(), delay) };
    this.#owner.changed(
      this.#around.isOnline() ? { phase: 'lost', retryAt: performance.now() + delay } : { phase: 'offline' },
    );
  }

  #clear(): void {
    this.#clearTimers();
    if (this.#phase.name === 'opening' || this.#phase.name === 'online') this.#phase.transport.close();
  }

  #clearTimers(): void {
    const phase = this.#phase;
    if (phase.name === 'opening') clearTimeout(phase.deadline);
    if (phase.name === 'waiting') clearTimeout(phase.retry);
    if (phase.name === 'online') {
      clearInterval(phase.heartbeat);
      clearTimeout(phase.probe);
    }
  }
}
