// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';

import type { ClassCode } from './code';

const [OURS, THEIRS] = ['7KQ2MX', 'AAAAAA'] as ClassCode[] as [ClassCode, ClassCode];

/** Every socket that was made. */
let made: FakeSocket[];

class FakeSocket {
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  readonly url: string;
  readyState = 0;

  constructor(url: string) {
    this.url = url;
    made.push(this);
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED;
  }
}

/** The module as a page that was just loaded has it. */
async function fresh(): Promise<typeof import('./socket')> {
  vi.resetModules();
  return import('./socket');
}

beforeEach(() => {
  made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
});

test('what was opened early is used once, while it connects and when it is open', async () => {
  for (const readyState of [0, FakeSocket.OPEN]) {
    made = [];
    const { openEarly, socketOf } = await fresh();
    openEarly(OURS);
    const [early] = made;
    if (early) early.readyState = readyState;
    expect(socketOf(OURS)).toBe(early);
    expect(socketOf(OURS)).not.toBe(early);
    expect(made.map(({ url }) => new URL(url).pathname)).toEqual(
      Array(2).fill(`/api/classes/${OURS}/socket`),
    );
  }
});

test('a dead one is not used, and one of another class is closed', async () => {
  const dead = await fresh();
  dead.openEarly(OURS);
  made[0]?.close();
  expect(dead.socketOf(OURS)).toBe(made[1]);
  const other = await fresh();
  other.openEarly(THEIRS);
  expect(other.socketOf(OURS)).toBe(made[3]);
  expect(made[2]?.readyState).toBe(FakeSocket.CLOSED);
});
