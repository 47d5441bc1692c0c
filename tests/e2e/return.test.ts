// Two hundred students come back at once after a restart: the pages' own connection, without pages around it.
import { WebSocket } from 'undici';
import { expect, test } from 'vitest';

import {
  PROTOCOL,
  type Command,
  type Credential,
  type ServerMessage,
  type Versions,
} from '../../frontend/src/protocol/classroom';
import { Connection } from '../../frontend/src/sync/connection';
import type { OpenTransport } from '../../frontend/src/sync/transport';
import { NOTHING_SEEN } from '../../frontend/src/sync/versions';
import { Server } from './server';

const STUDENTS = 200;
/** How soon everyone has the right view, in ms. */
const BACK_MS = 10_000;
/** How long at least it takes from the tenth part of them to the ninth, in ms; at once they would be a fraction of that. */
const SPREAD_MS = 60;

/** Someone in the class. */
class Member {
  seat = -1;
  caption: string | null = null;
  /** When the newest caption came. */
  captionAt = 0;
  /** When the last welcome came. */
  welcomedAt = 0;
  /** What would be told as an error. */
  readonly errors: string[] = [];
  readonly connection: Connection;
  #credential: Credential;
  #versions: Versions = NOTHING_SEEN;
  #told: () => void = () => undefined;

  constructor(open: OpenTransport, credential: Credential) {
    this.#credential = credential;
    this.connection = new Connection(
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
        },
        canComeBack: () => false,
      },
      { open, random: Math.random, isOnline: () => true },
    );
    this.connection.start();
  }

  /** Waits until something is so. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => (this.#told = resolve));
  }

  say(id: number, command: Command): void {
    this.connection.send({ type: 'command', id, command });
  }

  #received(message: ServerMessage): void {
    if (message.type === 'welcome') {
      if (message.token) this.#credential = { kind: 'token', token: message.token };
      if (this.seat >= 0 && this.seat !== message.seat.id) this.errors.push('another seat');
      this.seat = message.seat.id;
      this.welcomedAt = performance.now();
    } else if (message.type === 'rejected') this.errors.push(message.message);
    else if (message.type === 'frame') {
      const { version, frame } = message;
      this.#versions = { ...this.#versions, [frame.topic]: version };
      if (frame.topic === 'stage') {
        this.caption = frame.value.caption;
        this.captionAt = performance.now();
      }
    }
    this.#told();
  }
}

/** Sockets to a class, as pages have them. */
function socketsTo(address: string, code: string): OpenTransport {
  return (events) => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/classes/${code}/socket`);
    let isOver = false;
    const over = () => {
      if (!isOver) events.closed();
      isOver = true;
    };
    socket.addEventListener('open', () => isOver || events.open());
    socket.addEventListener('message', ({ data }) => isOver || events.message(String(data)));
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

test('two hundred students come back within ten seconds of a restart, not all at once, and see no error', async () => {
  const server = await Server.start();
  const members: Member[] = [];
  try {
    const opened = await fetch(`${server.address}/api/classes`, { method: 'POST' });
    const { code, hostSecret } = (await opened.json()) as { code: string; hostSecret: string };
    const open = socketsTo(server.address, code);
    const host = new Member(open, { kind: 'host', secret: hostSecret });
    const students = Array.from(
      { length: STUDENTS },
      () => new Member(open, { kind: 'new', role: 'student' }),
    );
    members.push(host, ...students);
    host.say(0, { type: 'lock', locked: false });
    await host.until(() => host.seat === 0);
    host.say(1, { type: 'setCaption', caption: 'Before' });
    await Promise.all(members.map((member) => member.until(() => member.caption === 'Before')));
    const seats = students.map(({ seat }) => seat);

    await server.kill();
    await server.restart();
    const back = performance.now();
    for (const member of members) member.welcomedAt = 0;
    await host.until(() => host.welcomedAt > 0);
    host.say(2, { type: 'setCaption', caption: 'After' });
    await Promise.all(members.map((member) => member.until(() => member.caption === 'After')));

    expect(Math.max(...students.map(({ captionAt }) => captionAt - back))).toBeLessThan(BACK_MS);
    expect(students.map(({ seat }) => seat)).toEqual(seats);
    expect(members.flatMap(({ errors }) => errors)).toEqual([]);
    const arrivals = students.map(({ welcomedAt }) => welcomedAt).sort((a, b) => a - b);
    const [early = 0, late = 0] = [0.1, 0.9].map((part) => arrivals[part * STUDENTS]);
    expect(late - early).toBeGreaterThan(SPREAD_MS);
  } finally {
    for (const { connection } of members) connection.close();
    await server.stop();
  }
});
