import { expect, test } from 'vitest';

import { areaOf } from './area';
import { inside } from './geometry';
import { tinyVgg } from './sample';
import { scene } from './scene';

const viewport = { width: 1440, height: 780, touch: false };
const unit = scene({
  network: tinyVgg(),
  view: { focus: { kind: 'unit', layer: 'conv_1', unit: 3 }, detail: false, scale: 'block' },
  viewport,
  scrolls: new Map(),
});

test('an area holds every node and every box of its keys, and is smaller than the scene', () => {
  const keys = new Set(unit.boxes.filter(({ emphasis }) => emphasis === 'strong').map(({ key }) => key));
  const area = areaOf(unit, keys);
  const held = [...unit.nodes, ...unit.boxes.filter(({ key }) => keys.has(key))];
  expect(held.length).toBeGreaterThan(10);
  for (const each of held) expect(inside(each, area)).toBe(true);
  expect(inside(area, { x: 0, y: 0, ...viewport })).toBe(true);
  expect(area.width * area.height).toBeLessThan(viewport.width * viewport.height);
  expect([area.x % 4, area.y % 4]).toEqual([0, 0]);
});

test('around nothing it is small', () => {
  const { width, height } = areaOf({ ...unit, nodes: [] }, new Set());
  expect(width * height).toBeLessThan(100);
});

test('it stays the same while rows scroll', () => {
  const [network, low] = [tinyVgg(), { ...viewport, height: 420 }];
  const at = (scroll: number) => {
    const scrolls = new Map([['elastic conv_8', scroll]]);
    const focus = { kind: 'unit' as const, layer: 'conv_8', unit: 3 };
    const made = scene({ network, view: { focus, detail: false, scale: 'block' }, viewport: low, scrolls });
    expect(made.lanes.find(({ key }) => key === 'elastic conv_8')?.scroll).toBe(scroll);
    return areaOf(
      made,
      new Set(made.boxes.filter(({ emphasis }) => emphasis === 'strong').map(({ key }) => key)),
    );
  };
  for (const scroll of [13, 40, 77]) expect(at(scroll)).toEqual(at(0));
});
