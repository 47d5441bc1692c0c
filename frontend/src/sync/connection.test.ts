import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Farewell } from '../protocol/classroom';
import {
  Connection,
  type ConnectionState,
  OPENING_MS,
  PING_EVERY_MS,
  PROBE_MS,
  SILENCE_MS,
} from './connection';
import { aSeat, FakeServer } from './testing';
import { NOTHING_SEEN } from './versions';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Circumstances {
  random?: number;
  isOnline?: () => boolean;
  canComeBack?: (reason: Farewell) => boolean;
}

function connect({ random = 0.999, isOnline = () => true, canComeBack = () => false }: Circumstances = {}) {
  const server = new FakeServer();
  const states: ConnectionState[] = [];
  const connection = new Connection(
    {
      hello: () => ({
        type: 'hello',
        protocol: 1,
        credential: { kind: 'new', role: 'student' },
        mode: null,
        have: NOTHING_SEEN,
      }),
      received: () => undefined,
      changed: (state) => void states.push(state),
      canComeBack,
    },
    { open: server.open, random: () => random, isOnline },
  );
  connection.start();
  return { server, connection, states, phase: () => states.at(-1)?.phase };
}

/** Answers every ping at once for as long as `ms`. */
function live(server: FakeServer, ms: number): void {
  for (let passed = 0; passed < ms; passed += 500) {
    vi.advanceTimersByTime(500);
    if (server.last.heard.at(-1)?.type === 'ping') server.last.say({ type: 'pong', sent: 0, clock: 0 });
  }
}

test('hello comes first, and only a welcome makes it online', () => {
  const { server, phase } = connect();
  expect(phase()).toBe('connecting');
  expect(server.last.heard).toEqual([]);
  server.last.open();
  expect(server.last.heard.map(({ type }) => type)).toEqual(['hello']);
  expect(phase()).toBe('connecting');
  server.last.say({ type: 'welcome', protocol: 1, build: '', seat: aSeat(), token: null, clock: 0 });
  expect(phase()).toBe('online');
});

test('waits grow while attempts fail, stay within their bound, and begin anew after a good connection', () => {
  const { server, states } = connect();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    server.last.drop();
    const state = states.at(-1);
    if (state?.phase !== 'lost') throw new Error(`not lost but ${String(state?.phase)}`);
    waits.push(Math.round(state.retryAt - performance.now()));
    vi.advanceTimersByTime(8000);
  }
  expect(waits).toEqual([250, 500, 999, 1998, 3996, 7992, 7992, 7992]);
  server.last.welcome();
  live(server, 6000);
  server.last.drop();
  const state = states.at(-1);
  expect(state?.phase === 'lost' && Math.round(state.retryAt - performance.now())).toBe(250);
});

test('attempts that nobody answers follow each other at once: a network that comes back unseen is found', () => {
  const { server, states } = connect();
  for (let failed = 0; failed < 4; failed += 1) {
    server.last.drop();
    vi.advanceTimersByTime(8000);
  }
  while (states.at(-1)?.phase !== 'connecting') vi.advanceTimersByTime(1);
  for (let hung = 0; hung < 3; hung += 1) {
    const began = performance.now();
    while (states.at(-1)?.phase !== 'lost') vi.advanceTimersByTime(1);
    expect(performance.now() - began).toBeLessThanOrEqual(OPENING_MS);
    const state = states.at(-1);
    expect(state?.phase === 'lost' && Math.round(state.retryAt - performance.now())).toBe(250);
    vi.advanceTimersByTime(250);
    expect(states.at(-1)?.phase).toBe('connecting');
  }
  // Refused, it waits longer each time again.
  server.last.drop();
  vi.advanceTimersByTime(500);
  server.last.drop();
  const state = states.at(-1);
  expect(state?.phase === 'lost' && Math.round(state.retryAt - performance.now())).toBe(999);
});

test('a connection that breaks right after the welcome does not begin anew: no storm on a server that cannot hold it', () => {
  const { server, states } = connect();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    server.last.welcome();
    server.last.drop();
    vi.advanceTimersByTime(8000);
  }
  server.last.drop();
  const state = states.at(-1);
  expect(state?.phase === 'lost' && state.retryAt - performance.now()).toBeGreaterThan(7000);
});

test('it pings, and a server silent for fifteen seconds is lost', () => {
  const { server, phase } = connect();
  server.last.welcome();
  live(server, 60_000);
  expect(phase()).toBe('online');
  expect(server.last.of('ping').length).toBe(60_000 / PING_EVERY_MS);
  vi.advanceTimersByTime(PING_EVERY_MS + SILENCE_MS - 1);
  expect(phase()).toBe('online');
  vi.advanceTimersByTime(1);
  expect(phase()).toBe('lost');
  expect(server.last.isClosed).toBe(true);
});

test('a page that slept is not taken for a silent server', () => {
  const { server, phase } = connect();
  server.last.welcome();
  live(server, 10_000);
  // Timers in a background tab run once a minute; the answers do arrive.
  const asleep = performance.now() + 60_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => asleep);
  vi.advanceTimersByTime(PING_EVERY_MS);
  expect(phase()).toBe('online');
  expect(server.last.heard.at(-1)).toEqual({ type: 'ping', sent: asleep });
  clock.mockRestore();
});

test('a doubtful connection has a second to answer', () => {
  const { server, connection, phase } = connect();
  server.last.welcome();
  connection.doubt();
  vi.advanceTimersByTime(PROBE_MS - 1);
  server.last.say({ type: 'pong', sent: 0, clock: 0 });
  vi.advanceTimersByTime(PROBE_MS);
  expect(phase()).toBe('online');
  connection.doubt();
  vi.advanceTimersByTime(PROBE_MS);
  expect(phase()).toBe('lost');
});

test('when the network is back it does not wait', () => {
  const { server, connection, phase } = connect();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    server.last.drop();
    if (attempt < 5) vi.advanceTimersByTime(8000);
  }
  const before = server.links.length;
  connection.doubt();
  expect(server.links.length).toBe(before + 1);
  expect(phase()).toBe('connecting');
});

test('whose address changed is greeted again within a second and a half of the network', () => {
  const { server, connection } = connect();
  server.last.welcome();
  live(server, 20_000);
  connection.doubt();
  vi.advanceTimersByTime(1500);
  expect(server.links.length).toBe(2);
  expect(server.links[0]?.isClosed).toBe(true);
});

test('an attempt that hangs since before the network came back is made anew, one that was just begun is not', () => {
  const { server, connection, phase } = connect();
  vi.advanceTimersByTime(PROBE_MS - 1);
  connection.doubt();
  expect(server.links.length).toBe(1);
  vi.advanceTimersByTime(1);
  connection.doubt();
  expect(server.links.length).toBe(2);
  expect(server.links[0]?.isClosed).toBe(true);
  server.last.welcome();
  expect(phase()).toBe('online');
});

test('without a network, what hangs is left alone: the server may be on this machine', () => {
  const { server, connection } = connect({ isOnline: () => false });
  vi.advanceTimersByTime(PROBE_MS);
  connection.doubt();
  expect(server.links.length).toBe(1);
});

test('without a network it says so, and still tries: the server may be on this machine', () => {
  let online = false;
  const { server, connection, phase } = connect({ isOnline: () => online });
  server.last.drop();
  expect(phase()).toBe('offline');
  vi.advanceTimersByTime(1000);
  expect(server.links.length).toBe(2);
  server.last.drop();
  online = true;
  connection.doubt();
  expect(phase()).toBe('connecting');
});

test.each<Farewell>([
  'ended',
  'removed',
  'locked',
  'full',
  'noSuchClass',
  'badCredential',
  'otherVersion',
  'badMessage',
])('after %s it does not come back by itself', (reason) => {
  const { server, states, connection } = connect();
  server.last.open();
  server.last.say({ type: 'bye', reason });
  expect(states.at(-1)).toEqual({ phase: 'refused', reason });
  connection.doubt();
  vi.advanceTimersByTime(600_000);
  expect(server.links.length).toBe(1);
  connection.start();
  expect(server.links.length).toBe(2);
});

test.each<Farewell>(['restarting', 'silent', 'tooFast'])('after %s it comes back', (reason) => {
  const { server, phase } = connect();
  server.last.welcome();
  server.last.say({ type: 'bye', reason });
  expect(phase()).toBe('lost');
  vi.advanceTimersByTime(300);
  server.last.welcome();
  expect(phase()).toBe('online');
  expect(server.links.length).toBe(2);
});

test('where the owner has another key it tries again at once', () => {
  let keys = 1;
  const { server, phase } = connect({ canComeBack: () => keys-- > 0 });
  server.last.say({ type: 'bye', reason: 'badCredential' });
  expect(server.links.length).toBe(2);
  server.last.say({ type: 'bye', reason: 'badCredential' });
  expect(phase()).toBe('refused');
});

test('an opening that leads nowhere is given up', () => {
  const { server, phase } = connect();
  server.last.open();
  vi.advanceTimersByTime(10_000);
  expect(phase()).toBe('lost');
});

test('malformed frames are counted and ignored', () => {
  const { server, connection, phase } = connect();
  server.last.welcome();
  for (const text of ['', '{', 'null', '[]', '{"type":"frame"}', '{"type":"toString"}'])
    server.last.sayText(text);
  expect(connection.malformed).toBe(6);
  expect(phase()).toBe('online');
});

test('after closing nothing happens any more', () => {
  const { server, connection } = connect();
  server.last.welcome();
  connection.close();
  connection.doubt();
  connection.start();
  vi.advanceTimersByTime(600_000);
  expect(server.links.length).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});
