/** Students without a screen: sockets of one page that join a class, say something, and keep every frame they were sent. */
import type { JSHandle } from 'playwright-core';

import { PROTOCOL } from '../../frontend/src/protocol/classroom';
import type { Room } from './room';

/** What a student may say, as the protocol has it. */
export type Saying = { type: string } & Record<string, unknown>;

/** What a student knows of the own seat, as far as tests ask. */
interface OwnSeat {
  cells: { cell: number }[];
}

interface Inside {
  seats: (OwnSeat | undefined)[];
  say: (i: number, command: Saying) => Promise<string>;
  whereabouts: (i: number, layer: string) => void;
  frames: string[];
}

export class Crowd {
  readonly #inside: JSHandle<Inside>;

  private constructor(inside: JSHandle<Inside>) {
    this.#inside = inside;
  }

  /** So many join. */
  static async join(room: Room, code: string, count: number): Promise<Crowd> {
    const { page } = await room.visit('/healthz');
    const inside = await page.evaluateHandle(
      async ({ code, count, protocol }): Promise<Inside> => {
        const frames: string[] = [];
        const seats: (OwnSeat | undefined)[] = [];
        const answers = new Map<string, (answer: string) => void>();
        const enter = (i: number): Promise<WebSocket> =>
          new Promise((joined) => {
            const socket = new WebSocket(`/api/classes/${code}/socket`);
            const credential = { kind: 'new', role: 'student' };
            socket.onopen = () =>
              socket.send(
                JSON.stringify({
                  type: 'hello',
                  protocol,
                  credential,
                  mode: null,
                  have: {},
                }),
              );
            socket.onmessage = ({ data }: MessageEvent<string>) => {
              frames.push(data);
              const message = JSON.parse(data) as {
                type: string;
                id?: number;
                reason?: string;
                frame?: { topic: string; value: OwnSeat };
              };
              if (message.frame?.topic === 'seat') seats[i] = message.frame.value;
              if (message.type === 'welcome') joined(socket);
              const answer = message.reason ?? message.type;
              if (message.id !== undefined) answers.get(`${i} ${message.id}`)?.(answer);
            };
          });
        const sockets = await Promise.all(Array.from({ length: count }, (_, i) => enter(i)));
        let id = 0;
        return {
          frames,
          seats,
          say: (i, command) => {
            id += 1;
            sockets[i]?.send(JSON.stringify({ type: 'command', id, command }));
            return new Promise((answered) => answers.set(`${i} ${id}`, answered));
          },
          whereabouts: (i, layer) => sockets[i]?.send(JSON.stringify({ type: 'whereabouts', layer })),
        };
      },
      { code, count, protocol: PROTOCOL },
    );
    return new Crowd(inside);
  }

  /** One of them says something. Returns `done`, or why it was refused. */
  async says(i: number, command: Saying): Promise<string> {
    return this.#inside.evaluate(async (inside, { i, command }) => inside.say(i, command), { i, command });
  }

  /** One of them goes to a layer. */
  async goesTo(i: number, layer: string): Promise<void> {
    await this.says(i, { type: 'explore' });
    await this.#inside.evaluate((inside, { i, layer }) => inside.whereabouts(i, layer), { i, layer });
  }

  /** The cell that one of them was given last, counted from 0; `null` before there is one. */
  async cellOf(i: number): Promise<number | null> {
    return this.#inside.evaluate(({ seats }, i) => seats[i]?.cells.at(-1)?.cell ?? null, i);
  }

  /** All that was sent to any of them. */
  async frames(): Promise<string[]> {
    return this.#inside.evaluate((inside) => inside.frames);
  }
}
