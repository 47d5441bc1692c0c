import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { COMMANDS_PER_SECOND, Throttle } from './throttle';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a drag of a second sends at most what is allowed, in order, and its last position', () => {
  const sent: number[] = [];
  const throttle = new Throttle<number>((value) => sent.push(value));
  for (let i = 0; i < 120; i += 1) {
    throttle.push(i);
    vi.advanceTimersByTime(1000 / 120);
  }
  vi.advanceTimersByTime(1000);
  expect(sent.length).toBeLessThanOrEqual(COMMANDS_PER_SECOND + 2);
  expect(sent.length).toBeGreaterThan(10);
  expect(sent[0]).toBe(0);
  expect(sent.at(-1)).toBe(119);
  expect([...sent].sort((a, b) => a - b)).toEqual(sent);
});

test('letting go sends the last position at once, and only once', () => {
  const sent: string[] = [];
  const throttle = new Throttle<string>((value) => sent.push(value));
  throttle.push('a');
  throttle.push('b');
  throttle.push('c');
  throttle.flush();
  expect(sent).toEqual(['a', 'c']);
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual(['a', 'c']);
});

test('what was dropped is never sent', () => {
  const sent: string[] = [];
  const throttle = new Throttle<string>((value) => sent.push(value));
  throttle.push('a');
  throttle.push('b');
  throttle.drop();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual(['a']);
});
