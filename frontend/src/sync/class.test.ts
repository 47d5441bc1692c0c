import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { GATHER_MS, PROTOCOL, type Pace, type Room, type Stage } from '../protocol/classroom';
import { ClassStore, type Participation } from './class.svelte';
import { Keyring, type Shelf } from './keyring';
import { aSeat, aStage, FakeServer } from './testing';
import { NOTHING_SEEN } from './versions';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ROOM: Room = { locked: false, ownPictures: true, driver: 0, ended: false, codeShown: false };
const PACE: Pace = { roaming: 'free', taught: 0, gathered: null, paused: false };
const STUDENT = aSeat({ id: 3, role: 'student', name: 'Kind Koala' });

function memory(entries: Record<string, string> = {}): Shelf & { kept: Map<string, string> } {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

function enter(participation: Partial<Participation> = {}, shelf = memory()) {
  const server = new FakeServer();
  const all: Participation = { code: 'ABC234', screen: 'seat', mode: null, ...participation };
  const around = { open: server.open, random: () => 0.5, isOnline: () => true };
  const store = new ClassStore(all, new Keyring(all.code, shelf), around);
  store.start();
  return { server, store, shelf };
}

/** A desk that drives and shows `aStage()`, version 1. */
function desk() {
  const entered = enter({ screen: 'desk' }, memory({ 'convocation:ABC234:hostSecret': 's' }));
  entered.server.last.welcome(aSeat());
  entered.server.last.frame(1, { topic: 'room', value: ROOM });
  entered.server.last.frame(1, { topic: 'stage', value: aStage() });
  return entered;
}

function seated() {
  const entered = enter();
  entered.server.last.welcome(STUDENT, 0, 'token');
  entered.server.last.frame(1, { topic: 'pace', value: PACE });
  return entered;
}

/** Lets what was awaited go on. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('versions', () => {
  test('an older or repeated frame is never shown', () => {
    const { server, store } = seated();
    const at = (step: number): Stage => ({ ...aStage(), playback: { kind: 'paused', step } });
    const shown: unknown[] = [];
    for (const [version, step] of [
      [4, 4],
      [2, 2],
      [4, 99],
      [7, 7],
      [6, 6],
      [7, 98],
    ] as const) {
      server.last.frame(version, { topic: 'stage', value: at(step) });
      shown.push(store.stage?.playback);
    }
    expect(shown).toEqual([4, 4, 4, 7, 7, 7].map((step) => ({ kind: 'paused', step })));
  });

  test('coming back says what it has, and the token', () => {
    const { server } = seated();
    server.last.frame(5, { topic: 'stage', value: aStage() });
    expect(server.last.of('hello')[0]).toMatchObject({
      credential: { kind: 'new', role: 'student' },
      mode: null,
    });
    server.last.drop();
    vi.advanceTimersByTime(1000);
    server.last.open();
    expect(server.last.of('hello')[0]).toEqual({
      type: 'hello',
      protocol: PROTOCOL,
      credential: { kind: 'token', token: 'token' },
      mode: 'following',
      have: { ...NOTHING_SEEN, stage: 5, pace: 1 },
    });
  });
});

describe('keys', () => {
  test('a token that no longer fits is thrown away and the person joins anew', () => {
    const { server, store, shelf } = enter({}, memory({ 'convocation:ABC234:seat': 'old' }));
    server.last.open();
    server.last.say({ type: 'bye', reason: 'badCredential' });
    expect(server.links.length).toBe(2);
    server.last.welcome(STUDENT, 0, 'new');
    expect(server.last.of('hello')[0]?.credential).toEqual({ kind: 'new', role: 'student' });
    expect(shelf.kept.get('convocation:ABC234:seat')).toBe('new');
    expect(store.connection.phase).toBe('online');
  });

  test('a wrong host link is refused, and a desk without any link does not even ask', () => {
    const wrong = enter({ screen: 'desk' }, memory({ 'convocation:ABC234:hostSecret': 'x' }));
    wrong.server.last.open();
    wrong.server.last.say({ type: 'bye', reason: 'badCredential' });
    expect(wrong.store.connection).toEqual({ phase: 'refused', reason: 'badCredential' });
    const none = enter({ screen: 'desk' });
    expect(none.store.connection).toEqual({ phase: 'refused', reason: 'badCredential' });
    expect(none.server.links).toEqual([]);
  });

  test('who was removed stays so after a reload', () => {
    const { server, store, shelf } = seated();
    server.last.say({ type: 'bye', reason: 'removed' });
    expect(store.connection).toEqual({ phase: 'refused', reason: 'removed' });
    const again = enter({}, shelf);
    expect(again.store.connection).toEqual({ phase: 'refused', reason: 'removed' });
    expect(again.server.links).toEqual([]);
  });

  test('when the class is over nothing of it stays in the browser', () => {
    const { server, store, shelf } = seated();
    expect(shelf.kept.size).toBe(1);
    server.last.say({ type: 'bye', reason: 'ended' });
    expect(store.connection).toEqual({ phase: 'refused', reason: 'ended' });
    expect(shelf.kept.size).toBe(0);
  });
});

describe('commands', () => {
  test('are answered with what became of them', async () => {
    const { server, store } = desk();
    const gather = store.send({ type: 'gather' });
    const lock = store.send({ type: 'lock', locked: true });
    const [first, second] = server.last.of('command');
    server.last.say({ type: 'rejected', id: second?.id ?? -1, reason: 'notAllowed', message: 'no' });
    server.last.say({ type: 'done', id: first?.id ?? -1 });
    expect(await gather).toEqual({ kind: 'done' });
    expect(await lock).toEqual({ kind: 'rejected', reason: 'notAllowed', message: 'no' });
  });

  test('without a connection are refused at once and not sent later', async () => {
    const { server, store } = desk();
    const lost = store.send({ type: 'gather' });
    server.last.drop();
    expect(await lost).toEqual({ kind: 'unknown' });
    expect(await store.send({ type: 'lock', locked: true })).toEqual({ kind: 'unsent' });
    vi.advanceTimersByTime(1000);
    server.last.welcome();
    expect(server.last.of('command')).toEqual([]);
  });

  test('of the driver show at once and are undone when refused', () => {
    const { server, store } = desk();
    void store.send({ type: 'setDetail', detail: true });
    expect(store.stage?.detail).toBe(true);
    const id = server.last.of('command')[0]?.id ?? -1;
    server.last.say({ type: 'rejected', id, reason: 'notDriver', message: 'no' });
    expect(store.stage?.detail).toBe(false);
  });

  test('of the driver give way to the server when no frame follows', () => {
    const { server, store } = desk();
    void store.send({ type: 'step', step: 3 });
    server.last.say({ type: 'done', id: server.last.of('command')[0]?.id ?? -1 });
    expect(store.stage?.playback).toEqual({ kind: 'paused', step: 3 });
    vi.advanceTimersByTime(1000);
    expect(store.stage?.playback).toEqual({ kind: 'paused', step: 0 });
  });

  test('of someone who does not drive change nothing here', () => {
    const { server, store } = desk();
    server.last.frame(2, { topic: 'room', value: { ...ROOM, driver: 5 } });
    void store.send({ type: 'setDetail', detail: true });
    expect(store.stage?.detail).toBe(false);
  });
});

describe('following and exploring', () => {
  test('breaking away shows at once; the server can say no', async () => {
    const { server, store } = seated();
    void store.go('exploring');
    expect(store.mode).toBe('exploring');
    // A frame that was written before the server heard of it does not call back.
    server.last.frame(2, { topic: 'seat', value: { ...STUDENT, name: 'Other' } });
    expect(store.mode).toBe('exploring');
    const id = server.last.of('command')[0]?.id ?? -1;
    server.last.say({ type: 'rejected', id, reason: 'together', message: 'no' });
    await settle();
    expect(store.mode).toBe('following');
  });

  test('the seat decides what was not asked for here', () => {
    const { server, store } = seated();
    void store.go('exploring');
    server.last.say({ type: 'done', id: server.last.of('command')[0]?.id ?? -1 });
    server.last.frame(2, { topic: 'seat', value: { ...STUDENT, mode: 'exploring' } });
    expect(store.mode).toBe('exploring');
    server.last.frame(3, { topic: 'seat', value: STUDENT });
    expect(store.mode).toBe('following');
  });

  test('who was offline when the class was gathered comes back with it', () => {
    const { server, store } = seated();
    void store.go('exploring');
    server.last.drop();
    vi.advanceTimersByTime(1000);
    server.last.welcome({ ...STUDENT, mode: 'exploring' });
    expect(server.last.of('hello')[0]?.mode).toBe('exploring');
    expect(store.mode).toBe('exploring');
    server.last.frame(2, { topic: 'pace', value: { ...PACE, gathered: 77 } });
    expect(store.mode).toBe('following');
    expect(server.last.of('command').map(({ command }) => command)).toEqual([{ type: 'follow' }]);
  });

  test('who is called back is told first, whichever topic comes first, and may go at once', () => {
    for (const order of ['pace first', 'seat first'] as const) {
      const { server, store } = seated();
      void store.go('exploring');
      server.last.say({ type: 'done', id: server.last.of('command')[0]?.id ?? -1 });
      server.last.frame(2, { topic: 'seat', value: { ...STUDENT, mode: 'exploring' } });
      expect(store.isRecalled).toBe(false);
      const pace = { topic: 'pace', value: { ...PACE, gathered: Math.round(store.now()) } } as const;
      const seat = { topic: 'seat', value: STUDENT } as const;
      if (order === 'pace first') server.last.frame(3, pace);
      server.last.frame(3, seat);
      if (order === 'seat first') server.last.frame(3, pace);
      expect([store.mode, store.isRecalled], order).toEqual(['following', true]);
      vi.advanceTimersByTime(GATHER_MS - 100);
      expect(store.isRecalled, order).toBe(true);
      vi.advanceTimersByTime(200);
      expect(store.isRecalled, order).toBe(false);

      void store.go('exploring');
      server.last.frame(4, { topic: 'pace', value: { ...PACE, gathered: Math.round(store.now()) } });
      expect(store.isRecalled, order).toBe(true);
      void store.go('following');
      expect([store.mode, store.isRecalled], order).toEqual(['following', false]);
      store.close();
    }
  });

  test('whereabouts are told at most every two seconds, the last one always, and none when following', () => {
    const { server, store } = seated();
    store.isAt('conv_1_1');
    expect(server.last.of('whereabouts')).toEqual([]);
    vi.advanceTimersByTime(2000);
    void store.go('exploring');
    for (const layer of ['conv_1_1', 'relu_1_1', 'conv_1_2']) store.isAt(layer);
    vi.advanceTimersByTime(1999);
    expect(server.last.of('whereabouts').map(({ layer }) => layer)).toEqual(['conv_1_1']);
    vi.advanceTimersByTime(1);
    expect(server.last.of('whereabouts').map(({ layer }) => layer)).toEqual(['conv_1_1', 'conv_1_2']);
    vi.advanceTimersByTime(4000);
    expect(server.last.of('whereabouts').length).toBe(2);
  });
});

describe('the clock', () => {
  test('follows the welcome and the pongs', () => {
    const { server, store } = enter();
    server.last.open();
    vi.advanceTimersByTime(400);
    server.last.say({ type: 'welcome', protocol: 1, build: '', seat: STUDENT, token: null, clock: 10_000 });
    // Half of the round trip of 400 ms has passed since the server said it.
    expect(store.now()).toBeCloseTo(10_200.5);
    vi.advanceTimersByTime(0);
    const sent = server.last.of('ping')[0]?.sent ?? -1;
    vi.advanceTimersByTime(20);
    server.last.say({ type: 'pong', sent, clock: 10_200 });
    expect(store.now()).toBeCloseTo(10_210.5, 0);
    vi.advanceTimersByTime(1000);
    expect(store.now()).toBeCloseTo(11_210.5, 0);
  });
});

test('closing leaves no timer behind', () => {
  const { store } = seated();
  void store.go('exploring');
  store.isAt('conv_1_1');
  store.close();
  expect(vi.getTimerCount()).toBe(0);
});
