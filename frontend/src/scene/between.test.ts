import fc from 'fast-check';
import { expect, test } from 'vitest';

import { between, isThere, type MovingScene } from './between';
import type { Rect } from './geometry';
import { nodeKey, type SceneNode } from './node';
import { unstaged, type Box, type Scene } from './scene';

/** A scene with nothing in it. */
const empty: Scene = {
  layout: 'wide',
  width: 1000,
  height: 600,
  boxes: [],
  lanes: [],
  labels: [],
  legends: [],
  ...unstaged(),
  open: null,
  flow: 'right',
  bundles: false,
};

const box = (i: number, rect: Rect): Box => ({
  ...rect,
  key: `conv/${i}`,
  layer: 'conv',
  box: i,
  unit: i,
  kind: 'map',
  lane: 'lane',
  emphasis: 'plain',
});

const node = (i: number, rect: Rect): SceneNode => ({
  ...rect,
  key: nodeKey('kernel', 'conv', i),
  kind: 'kernel',
  layer: 'conv',
  unit: 0,
  input: i,
  lane: '',
  from: `conv/${i}`,
  emphasis: 'plain',
});

const rect = () =>
  fc.record({
    x: fc.integer({ min: 0, max: 900 }),
    y: fc.integer({ min: 0, max: 500 }),
    width: fc.integer({ min: 1, max: 100 }),
    height: fc.integer({ min: 1, max: 100 }),
  });

/** Any scene of some of the same few things. */
const anyScene = () =>
  fc
    .record({
      boxes: fc.uniqueArray(fc.tuple(fc.nat(5), rect()), { selector: ([i]) => i }),
      nodes: fc.uniqueArray(fc.tuple(fc.nat(5), rect()), { selector: ([i]) => i }),
    })
    .map(({ boxes, nodes }): Scene => {
      return {
        ...empty,
        boxes: boxes.map(([i, at]) => box(i, at)),
        nodes: nodes.map(([i, at]) => node(i, at)),
      };
    });

const places = (scene: Scene) =>
  [...scene.boxes, ...scene.nodes].map(({ key, x, y, width, height }) => [key, x, y, width, height]);

/** Part of a way. */
const part = () => fc.double({ min: 0, max: 1, noNaN: true });

test('a way ends where it should, however often it was interrupted', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyScene(), part()), { minLength: 1 }), anyScene(), (stops, end) => {
      let now: MovingScene | null = null;
      for (const [stop, t] of stops) now = between(now, stop, t);
      const arrived = between(now, end, 1);
      expect(places(arrived)).toEqual(places(end));
      expect([...arrived.boxes, ...arrived.nodes].every(({ opacity }) => opacity === 1)).toBe(true);
    }),
  );
});

test('nothing jumps when a way is interrupted', () => {
  fc.assert(
    fc.property(anyScene(), anyScene(), anyScene(), part(), (a, b, c, t) => {
      const now = between(between(null, a, 1), b, t);
      const next = between(now, c, 0);
      for (const thing of [...now.boxes, ...now.nodes]) {
        if (thing.opacity <= 0.01) continue;
        const same = [...next.boxes, ...next.nodes].find(({ key }) => key === thing.key);
        expect(same).toMatchObject({ x: thing.x, y: thing.y, width: thing.width, height: thing.height });
        expect(same?.opacity).toBeCloseTo(thing.opacity);
      }
    }),
  );
});

test('on the way every key stands once, and nothing is more than there', () => {
  fc.assert(
    fc.property(anyScene(), anyScene(), part(), (a, b, t) => {
      const now = between(between(null, a, 1), b, t);
      const keys = [...now.boxes, ...now.nodes].map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { opacity } of [...now.boxes, ...now.nodes]) {
        expect(opacity).toBeGreaterThanOrEqual(0);
        expect(opacity).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('nothing has a way to go exactly where all places are the same', () => {
  fc.assert(
    fc.property(anyScene(), anyScene(), (a, b) => {
      const there = between(null, a, 1);
      const lit = { ...a, boxes: a.boxes.map((each): Box => ({ ...each, emphasis: 'strong' })) };
      expect(isThere(there, lit)).toBe(true);
      const sorted = (scene: Scene) => places(scene).map(String).sort();
      expect(isThere(there, b)).toBe(sorted(a).join() === sorted(b).join());
      // What still comes is not there.
      if (b.boxes.length > 0) expect(isThere(between(between(null, empty, 1), b, 0.5), b)).toBe(false);
    }),
  );
});

test('a node grows out of the box it belongs to, where that was', () => {
  const at = { x: 40, y: 60, width: 30, height: 30 };
  const far = { x: 700, y: 60, width: 50, height: 50 };
  const from = between(null, { ...empty, boxes: [box(2, at)] }, 1);
  const to = { ...empty, boxes: [box(2, at)], nodes: [node(2, far)] };
  expect(between(from, to, 0).nodes[0]).toMatchObject({ ...at, opacity: 0 });
  const half = between(from, to, 0.5).nodes[0];
  expect(half?.x).toBeCloseTo(370);
  expect(half?.opacity).toBeCloseTo(0.5);
});
