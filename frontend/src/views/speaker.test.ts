import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Speaker } from './speaker.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('while something moves it speaks every two seconds, and says the newest', () => {
  const speaker = new Speaker();
  const heard: string[] = [];
  for (let step = 0; step < 50; step += 1) {
    speaker.say(`step ${step}`, { moving: true });
    if (heard.at(-1) !== speaker.text) heard.push(speaker.text);
    vi.advanceTimersByTime(100);
  }
  expect(heard).toEqual(['step 0', 'step 19', 'step 39']);
});

test('what stands is said at once, and nothing older after it', () => {
  const speaker = new Speaker();
  speaker.say('one', { moving: true });
  speaker.say('two', { moving: true });
  speaker.say('three', { moving: false });
  expect(speaker.text).toBe('three');
  vi.advanceTimersByTime(5000);
  expect(speaker.text).toBe('three');
});

test('hushed, it says nothing, also later', () => {
  const speaker = new Speaker();
  speaker.say('one', { moving: true });
  speaker.say('two', { moving: true });
  speaker.hush();
  vi.advanceTimersByTime(5000);
  expect(speaker.text).toBe('');
});
