import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { tinyVgg } from '../scene/sample';
import { scene } from '../scene/scene';
import type { Focus } from '../protocol/classroom';
import type { Rect } from '../scene/geometry';
import { Motion } from './motion.svelte';

let frames: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const network = tinyVgg();

function sceneOf(focus: Focus) {
  const viewport = { width: 390, height: 700, touch: true };
  return scene({ network, view: { focus, detail: false, scale: 'block' }, viewport, scrolls: new Map() });
}

/** A motion that has just set out from the overview to a unit. */
function setOut() {
  const motion = new Motion();
  motion.carried = true;
  const overview = { network: network.digest, station: 'overview', home: 'overview' };
  motion.head(sceneOf({ kind: 'overview' }), overview);
  const unit = sceneOf({ kind: 'unit', layer: 'conv_1', unit: 0 });
  motion.head(unit, { network: network.digest, station: 'unit', home: 'unit' });
  return { motion, unit };
}

const ALL = [true, true, true, true, true];

/** Which pieces of the new scene are there. */
const made = (motion: Motion, unit: unknown) => [
  motion.placed?.scene === unit,
  motion.entered,
  motion.controlled,
  motion.scene === unit,
  motion.staged === unit,
];

test.for([
  ['a fast', 16],
  ['a slow', 300],
])(
  'on %s device no frame makes more than one piece, and the way ends when all are made',
  async ([, each]) => {
    const { motion, unit } = setOut();
    expect(motion.moving).toBe(true);
    let before = 0;
    for (let count = 0; motion.moving; count += 1) {
      expect(count).toBeLessThan(100);
      const [due] = [frames];
      frames = [];
      for (const run of due) run();
      await vi.advanceTimersByTimeAsync(Number(each));
      const now = made(motion, unit).filter(Boolean).length;
      expect(now - before).toBeLessThanOrEqual(1);
      before = now;
    }
    expect(made(motion, unit)).toEqual(ALL);
    expect(motion.far).toBe(false);
  },
);

test('whoever goes on while the last pieces are made sets out from where the boxes are', async () => {
  const { motion, unit } = setOut();
  await vi.advanceTimersByTimeAsync(5000);
  expect(motion.moving).toBe(true);
  motion.head(sceneOf({ kind: 'overview' }), {
    network: network.digest,
    station: 'overview',
    home: 'overview',
  });
  const places = (boxes: readonly Rect[]) => boxes.map(({ x, y, width, height }) => [x, y, width, height]);
  expect(places(motion.way?.from.boxes ?? [])).toEqual(places(unit.boxes));
});

test('whoever resizes the window while the last pieces are made is there at once', async () => {
  const { motion } = setOut();
  await vi.advanceTimersByTimeAsync(5000);
  const resized = sceneOf({ kind: 'unit', layer: 'conv_1', unit: 0 });
  motion.head(resized, { network: network.digest, station: 'unit', home: 'unit' });
  expect(motion.moving).toBe(false);
  expect(made(motion, resized)).toEqual(ALL);
});

test('from pair to pair of a unit nothing moves, and what is lit is made piece by piece', async () => {
  const { motion } = setOut();
  motion.end();
  const pair = sceneOf({ kind: 'unit', layer: 'conv_1', unit: 0 });
  motion.head(pair, { network: network.digest, station: 'pair', home: 'unit' });
  expect([motion.moving, motion.far]).toEqual([false, false]);
  expect(made(motion, pair)).not.toEqual(ALL);
  while (frames.length > 0) {
    const due = frames;
    frames = [];
    for (const run of due) run();
    await vi.advanceTimersByTimeAsync(16);
  }
  expect(made(motion, pair)).toEqual(ALL);
});

test('whoever resizes the window is there at once', () => {
  const { motion, unit } = setOut();
  motion.end();
  expect(motion.moving).toBe(false);
  expect(made(motion, unit)).toEqual(ALL);
});
