import { describe, expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { faults } from './faults';
import { outputScene } from './output';
import { network, tinyVgg } from './sample';
import type { Scene, Viewport } from './scene';

const desk: Viewport = { width: 1440, height: 760, touch: false };

function made(described: Description, focus: Focus, viewport: Viewport = desk): Scene | null {
  return outputScene({
    network: described,
    view: { focus, detail: true, scale: 'block' },
    viewport,
    scrolls: new Map(),
  });
}

/** The left edge of the first box of a layer. */
function left(scene: Scene | null, layer: string): number {
  return scene?.boxes.find((box) => box.layer === layer)?.x ?? NaN;
}

const vgg = tinyVgg();
const [maps = '', strip = '', dense = '', softmax = ''] = vgg.layers.slice(-4).map(({ id }) => id);
const logit: Focus = { kind: 'link', layer: dense, unit: 6, input: 700 };
const aClass: Focus = { kind: 'class', class: 6 };

describe.each<Viewport>([
  desk,
  { width: 1024, height: 640, touch: false },
  { width: 1024, height: 768, touch: false, projector: { corner: { width: 190, height: 120 } } },
])('on $width × $height', (viewport) => {
  test('maps, strip, sum, logits and classes stand apart in this order, with a flow from each map to the logit', () => {
    const scene = made(vgg, logit, viewport);
    if (!scene) throw new Error('there is room');
    expect(faults(scene)).toEqual([]);
    const sum = scene.nodes.find(({ kind }) => kind === 'sum');
    const order = [left(scene, maps), left(scene, strip), sum?.x, left(scene, dense), left(scene, softmax)];
    expect(order).toEqual([...order].sort((a, b) => (a ?? NaN) - (b ?? NaN)));
    expect(scene.open?.width).toBeGreaterThan(viewport.width * 0.4);
    expect((scene.open?.x ?? NaN) + (scene.open?.width ?? NaN)).toBeLessThan(left(scene, maps));
    expect(scene.flows.filter(({ to }) => to === sum?.key)).toHaveLength(11);
    expect(scene.flows.filter(({ from, to }) => from === sum?.key && to === `${dense}/6`)).toHaveLength(1);
  });

  test('every logit flows into the softmax, and that into the open class', () => {
    const scene = made(vgg, aClass, viewport);
    if (!scene) throw new Error('there is room');
    expect(faults(scene)).toEqual([]);
    const node = scene.nodes.find(({ kind }) => kind === 'softmax');
    expect(scene.flows.filter(({ to }) => to === node?.key)).toHaveLength(10);
    expect(scene.flows.filter(({ from, to }) => from === node?.key && to === `${softmax}/6`)).toHaveLength(1);
  });
});

test.each([2, 1000])('%i classes have room, those in sight with their flows', (units) => {
  const many = network([
    { make: 'conv', units: 512, stride: 4 },
    { make: 'pool' },
    { make: 'flatten' },
    { make: 'dense', units },
    { make: 'softmax' },
  ]);
  for (const focus of [aClass, { kind: 'unit', layer: 'dense_4', unit: 1 } as const]) {
    const scene = made(many, focus.kind === 'class' ? { kind: 'class', class: 1 } : focus);
    if (!scene) throw new Error('there is room');
    expect(faults(scene)).toEqual([]);
    expect(scene.boxes.length).toBeLessThan(1500);
  }
});

test('what is no dense unit or class, and a screen without room, have another scene', () => {
  expect(made(vgg, { kind: 'unit', layer: strip, unit: 3 })).toBe(null);
  expect(made(vgg, { kind: 'layer', layer: dense })).toBe(null);
  expect(made(vgg, { kind: 'overview' })).toBe(null);
  expect(made(vgg, aClass, { width: 844, height: 390, touch: true })).toBe(null);
});
