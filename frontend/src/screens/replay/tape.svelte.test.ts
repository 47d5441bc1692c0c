// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Tape, type Way } from './tape.svelte';

const LENGTH = 10_000;

/** A tape that is followed, with everything that happens on the way. */
function followed(way: Partial<Way> = {}) {
  const tape = new Tape(LENGTH, () => Date.now());
  const told: number[] = [];
  const stop = $effect.root(() => {
    $effect(() => tape.follow({ after: () => null, passed: () => null, ...way }));
    $effect(() => void told.push(tape.position));
  });
  flushSync();
  const wait = (ms: number) => {
    flushSync();
    vi.advanceTimersByTime(ms);
    flushSync();
  };
  return { tape, told, stop, wait };
}

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

test('it stands, runs, stands at the end, and begins anew there', () => {
  const { tape, wait, stop } = followed();
  wait(5000);
  expect([tape.position, tape.now(), tape.runs]).toEqual([0, 0, false]);
  tape.play();
  wait(4000);
  expect(tape.position).toBe(4000);
  wait(9000);
  expect([tape.position, tape.runs]).toEqual([LENGTH, false]);
  tape.play();
  flushSync();
  wait(1000);
  expect(tape.position).toBe(1000);
  tape.stop();
  flushSync();
  wait(1000);
  expect(tape.now()).toBe(1000);
  stop();
});

test('the speed changes on the way without a jump', () => {
  const { tape, wait, stop } = followed();
  tape.play();
  flushSync();
  wait(1000);
  tape.setSpeed(4);
  flushSync();
  expect(tape.now()).toBe(1000);
  wait(1000);
  expect(tape.now()).toBe(5000);
  stop();
});

test('where it is put it stands or runs as before, within the recording', () => {
  const { tape, wait, stop } = followed();
  tape.seek(7000);
  wait(1000);
  expect(tape.position).toBe(7000);
  tape.seek(-1);
  expect(tape.position).toBe(0);
  tape.seek(LENGTH + 1);
  expect(tape.position).toBe(LENGTH);
  tape.seek(2000);
  tape.play();
  flushSync();
  wait(500);
  tape.seek(6000);
  flushSync();
  wait(500);
  expect(tape.position).toBe(6500);
  stop();
});

test('something that happens is told at its time', () => {
  const { tape, told, wait, stop } = followed({ after: (time) => (time < 1010 ? 1010 : null) });
  tape.play();
  flushSync();
  wait(1000);
  expect(tape.position).toBe(1000);
  wait(10);
  expect(told.at(-1)).toBe(1010);
  stop();
});

test('the way turns: on from elsewhere, or standing', () => {
  const turns = [
    { over: 1000, at: 5000, stops: false },
    { over: 5500, at: 5500, stops: true },
  ];
  const passed: Way['passed'] = (from, to) => turns.find(({ over }) => from < over && over <= to) ?? null;
  const { tape, wait, stop } = followed({ passed });
  tape.play();
  flushSync();
  wait(1000);
  expect([tape.position, tape.runs]).toEqual([5000, true]);
  wait(2000);
  expect([tape.position, tape.runs]).toEqual([5500, false]);
  stop();
});
