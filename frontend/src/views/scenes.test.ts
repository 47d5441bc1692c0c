import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import { tinyVgg } from '../scene/sample';
import type { SceneInput } from '../scene/scene';
import { Scenes } from './scenes';

const sample = tinyVgg();

const input = (focus: Focus, scrolls: readonly (readonly [string, number])[] = []): SceneInput => ({
  network: sample,
  view: { focus, detail: false, scale: 'block' },
  viewport: { width: 1440, height: 800, touch: false },
  scrolls: new Map(scrolls),
});
const OVERVIEW: Focus = { kind: 'overview' };

test('the same input has the same scene, however it is written', () => {
  const scenes = new Scenes();
  const first = scenes.of(input(OVERVIEW));
  expect(scenes.of(input({ ...OVERVIEW }))).toBe(first);
});

test('another network, view, size or scroll has another', () => {
  const scenes = new Scenes();
  const first = scenes.of(input(OVERVIEW));
  const { viewport } = input(OVERVIEW);
  const others = [
    { ...input(OVERVIEW), network: structuredClone(sample) },
    { ...input(OVERVIEW), viewport: { ...viewport, width: 1000 } },
    { ...input(OVERVIEW), view: { focus: OVERVIEW, detail: true, scale: 'block' as const } },
    input(OVERVIEW, [['lane', 12]]),
  ];
  for (const other of others) expect(scenes.of(other)).not.toBe(first);
});

test('what is looked at is there when it is opened; older ones are forgotten', () => {
  const scenes = new Scenes();
  const layers = sample.layers.map(({ id }): Focus => ({ kind: 'layer', layer: id }));
  const [first, ...rest] = layers.map((focus) => scenes.of(input(focus)));
  expect(rest.length).toBeGreaterThan(3);
  expect(scenes.of(input(layers.at(-1) ?? OVERVIEW))).toBe(rest.at(-1));
  expect(scenes.of(input(layers[0] ?? OVERVIEW))).not.toBe(first);
});
