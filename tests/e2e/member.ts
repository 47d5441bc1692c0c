/** Someone in a class without a screen: the pages' own connection, what the class told it, and every text that came. */
import { WebSocket } from 'undici';

import {
  PROTOCOL,
  type Command,
  type Credential,
  type ServerMessage,
  type TopicValue,
  type Versions,
} from '../../frontend/src/protocol/classroom';
import { Connection } from '../../frontend/src/sync/connection';
import type { OpenTransport } from '../../frontend/src/sync/transport';
import { NOTHING_SEEN } from '../../frontend/src/sync/versions';

/** The newest that was told of each topic. */
type Told = { [T in TopicValue as T['topic']]?: T['value'] };

/** The longest that anything may take to be told, in ms. */
const PATIENCE_MS = 20_000;

export class Member {
  /** The own seat, from the first welcome on. */
  seat = -1;
  readonly told: Told = {};
  /** Every text that came, also before a loss of the connection. */
  readonly heard: string[] = [];
  /** When the last welcome came; 0 before. */
  welcomedAt = 0;
  /** What a screen would tell as an error. */
  readonly errors: string[] = [];
  readonly #connection: Connection;
  #credential: Credential;
  #versions: Versions = NOTHING_SEEN;
  #commands = 0;
  #isOnline = false;
  readonly #answered = new Map<number, string>();
  readonly #waiting = new Set<() => void>();

  private constructor(address: string, code: string, credential: Credential) {
    this.#credential = credential;
    this.#connection = new Connection(
      {
        hello: () => ({
          type: 'hello',
          protocol: PROTOCOL,
          credential: this.#credential,
          mode: null,
          have: this.#versions,
        }),
        received: (message) => this.#received(message),
        changed: (state) => {
          if (state.phase === 'refused') this.errors.push(state.reason);
          this.#isOnline = state.phase === 'online';
          this.#tell();
        },
        canComeBack: () => false,
      },
      { open: socketsTo(address, code, this.heard), random: Math.random, isOnline: () => true },
    );
    this.#connection.start();
  }

  /** Is in the class as soon as it returns; comes back by itself when the connection is lost. */
  static async join(address: string, code: string, credential: Credential): Promise<Member> {
    const member = new Member(address, code, credential);
    try {
      await member.until('a welcome', () => member.seat >= 0);
    } catch (error) {
      member.leave();
      throw error;
    }
    return member;
  }

  /** Waits until something is so; `what` says it where it does not come. */
  async until(what: string, isSo: (told: Told) => boolean): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!isSo(this.told)) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`seat ${this.seat} was never told: ${what}`);
      await new Promise<void>((resolve) => {
        const on = () => {
          clearTimeout(late);
          this.#waiting.delete(on);
          resolve();
        };
        const late = setTimeout(on, left);
        this.#waiting.add(on);
      });
    }
  }

  /** Says something, as soon as it is in the class. Returns `done`, or why it was refused. */
  async says(command: Command): Promise<string> {
    const id = (this.#commands += 1);
    await this.until('a connection', () => this.#isOnline);
    this.#connection.send({ type: 'command', id, command });
    await this.until(`whether ${command.type} was done`, () => this.#answered.has(id));
    return this.#answered.get(id) ?? '';
  }

  /** Goes its own way to a layer. */
  async goesTo(layer: string): Promise<void> {
    await this.says({ type: 'explore' });
    this.#connection.send({ type: 'whereabouts', layer });
  }

  leave(): void {
    this.#connection.close();
  }

  #received(message: ServerMessage): void {
    if (message.type === 'welcome') {
      if (message.token) this.#credential = { kind: 'token', token: message.token };
      if (this.seat >= 0 && this.seat !== message.seat.id) this.errors.push('another seat');
      this.seat = message.seat.id;
      this.welcomedAt = performance.now();
    } else if (message.type === 'done') this.#answered.set(message.id, 'done');
    else if (message.type === 'rejected') this.#answered.set(message.id, message.reason);
    else if (message.type === 'frame') {
      const { version, frame } = message;
      this.#versions = { ...this.#versions, [frame.topic]: version };
      Object.assign(this.told, { [frame.topic]: frame.value });
    }
    this.#tell();
  }

  #tell(): void {
    for (const on of [...this.#waiting]) on();
  }
}

/** Sockets to a class, as pages have them; `heard` keeps every text. */
function socketsTo(address: string, code: string, heard: string[]): OpenTransport {
  return (events) => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/classes/${code}/socket`);
    let isOver = false;
    const over = () => {
      if (!isOver) events.closed();
      isOver = true;
    };
    socket.addEventListener('open', () => isOver || events.open());
    socket.addEventListener('message', ({ data }) => {
      if (isOver) return;
      heard.push(String(data));
      events.message(String(data));
    });
    socket.addEventListener('close', over);
    socket.addEventListener('error', over);
    return {
      send: (message) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message)),
      close: () => {
        isOver = true;
        socket.close();
      },
    };
  };
}
