import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Playback } from '../protocol/classroom';
import type { StageCommand } from '../sync/stage';
import { Player } from './player.svelte';

/** A player of 100 steps, what it sent, and the means to move the stage and the clock. */
function table(playback: Playback = { kind: 'paused', step: 0 }) {
  const sent: StageCommand[] = [];
  const at = { playback, now: 0 };
  const player = new Player({
    playback: () => at.playback,
    steps: () => 100,
    now: () => at.now,
    hover: () => true,
    send: (command) => sent.push(command),
  });
  return { player, sent, at };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('plays from where it stands, and from the beginning at the end', () => {
  const one = table({ kind: 'paused', step: 7 });
  one.player.toggle();
  expect(one.sent).toEqual([{ type: 'play', from: 7, rate: 4 }]);
  const end = table({ kind: 'paused', step: 99 });
  end.player.play();
  expect(end.sent).toEqual([{ type: 'play', from: 0, rate: 4 }]);
});

test('pauses at the step that is seen', () => {
  const { player, sent, at } = table({ kind: 'playing', from: 10, since: 0, rate: 16 });
  at.now = 1000;
  expect(player.playing).toBe(true);
  player.toggle();
  expect(sent).toEqual([{ type: 'pause', step: 26 }]);
});

test('another speed goes on from here', () => {
  const { player, sent, at } = table({ kind: 'playing', from: 0, since: 0, rate: 4 });
  at.now = 2000;
  player.setRate(64);
  expect(sent).toEqual([{ type: 'play', from: 8, rate: 64 }]);
});

test('steps stay inside', () => {
  const { player, sent } = table();
  player.stepBy(-1);
  player.stepBy(200);
  expect(sent).toEqual([
    { type: 'step', step: 0 },
    { type: 'step', step: 99 },
  ]);
});

test('skipping ends at the last step, a replay begins at the first, whatever the speed', () => {
  const { player, sent } = table({ kind: 'playing', from: 10, since: 0, rate: 16 });
  player.skip();
  player.replay();
  expect(sent).toEqual([
    { type: 'step', step: 99 },
    { type: 'play', from: 0, rate: 16 },
  ]);
});

test('a drag shows its place at once, tells it sparingly, and tells the last', () => {
  const { player, sent } = table();
  for (const step of [5, 6, 7]) player.drag(step);
  expect(player.step).toBe(7);
  expect(sent).toEqual([{ type: 'step', step: 5 }]);
  player.drop();
  expect(sent.at(-1)).toEqual({ type: 'step', step: 7 });
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(2);
});

test('a control takes over from a finger that still rests on the map', () => {
  const { player, sent, at } = table();
  player.drag(40);
  player.play();
  at.playback = { kind: 'playing', from: 40, since: 0, rate: 4 };
  at.now = 1000;
  expect(sent.at(-1)).toEqual({ type: 'play', from: 40, rate: 4 });
  expect(player.playing).toBe(true);
});
