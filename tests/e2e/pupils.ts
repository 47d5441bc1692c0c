/** Students who are nothing but a socket: enough to fill a class. All of them live in one page and remember every frame they receive. */
import type { Page } from 'playwright-core';

import { PROTOCOL } from '../../frontend/src/protocol/classroom';
import type { Room } from './room';

interface Question {
  id: number;
  round: number;
  phase: string;
}

interface Pupil {
  socket: WebSocket;
  heard: string[];
  question: Question | null;
}

type Yard = typeof globalThis & { pupils: Pupil[] };

export class Pupils {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** So many new students join a class. */
  static async join(room: Room, code: string, count: number): Promise<Pupils> {
    const { page } = await room.visit('/');
    await page.evaluate(
      ({ code, count, protocol }) => {
        (globalThis as Yard).pupils = Array.from({ length: count }, () => {
          const socket = new WebSocket(`/api/classes/${code}/socket`);
          const pupil: Pupil = { socket, heard: [], question: null };
          const credential = { kind: 'new', role: 'student' };
          const hello = { type: 'hello', protocol, credential, mode: null, have: {} };
          socket.onopen = () => socket.send(JSON.stringify(hello));
          socket.onmessage = ({ data }: MessageEvent<string>) => {
            pupil.heard.push(data);
            const { frame } = JSON.parse(data) as { frame?: { topic: string; value: Question | null } };
            if (frame?.topic === 'question') pupil.question = frame.value;
          };
          return pupil;
        });
      },
      { code, count, protocol: PROTOCOL },
    );
    return new Pupils(page);
  }

  /** Waits until all of them have a question, and gives one answer each. */
  async answer(choices: number[]): Promise<void> {
    await this.#page.waitForFunction(() =>
      (globalThis as Yard).pupils.every(({ question }) => question?.phase === 'open'),
    );
    await this.#page.evaluate((choices) => {
      for (const [i, { socket, question }] of (globalThis as Yard).pupils.entries()) {
        const answer = { type: 'answer', question: question?.id, round: question?.round, choice: choices[i] };
        socket.send(JSON.stringify({ type: 'command', id: i, command: answer }));
      }
    }, choices);
  }

  /** Every text that any of them received. */
  heard(): Promise<string[]> {
    return this.#page.evaluate(() => (globalThis as Yard).pupils.flatMap(({ heard }) => heard));
  }
}
