import { describe, expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { between } from './between';
import { nameOfBias } from './elasticEnd';
import { faults } from './faults';
import { overlap } from './geometry';
import { nodeKey } from './node';
import { network, tinyVgg } from './sample';
import { scene, type Scene, type Viewport } from './scene';

const VIEWPORTS: [string, Viewport][] = [
  ['a desk', { width: 1440, height: 784, touch: false }],
  ['a small laptop', { width: 1024, height: 640, touch: false }],
  [
    'a projector',
    { width: 1024, height: 768, touch: false, projector: { corner: { width: 90, height: 150 } } },
  ],
  [
    'a large projector',
    { width: 1920, height: 1080, touch: false, projector: { corner: { width: 90, height: 150 } } },
  ],
  ['a tablet', { width: 1024, height: 700, touch: true }],
  ['a phone', { width: 390, height: 680, touch: true }],
  ['a small phone', { width: 360, height: 480, touch: true }],
  ['a phone on its side', { width: 844, height: 342, touch: true }],
  ['a phone on its side in a class', { width: 844, height: 290, touch: true }],
];

const wide = network([
  { make: 'conv', units: 64 },
  { make: 'relu' },
  { make: 'conv', units: 128, kernel: 5, padding: 2 },
  { make: 'conv', units: 128, groups: 32 },
  { make: 'conv', units: 128, groups: 128 },
  { make: 'conv', units: 16, kernel: 1 },
  { make: 'globalPool' },
  { make: 'flatten' },
  { make: 'dense', units: 4 },
  { make: 'softmax' },
]);

/** What is opened: the network, its convolution and unit, and the inputs that it reads. */
const OPENED: [string, Description, { layer: string; unit: number; first: number; count: number }][] = [
  ['3 inputs', tinyVgg(), { layer: 'conv_1', unit: 4, first: 0, count: 3 }],
  ['10 inputs', tinyVgg(), { layer: 'conv_8', unit: 9, first: 0, count: 10 }],
  ['64 inputs and large kernels', wide, { layer: 'conv_3', unit: 100, first: 0, count: 64 }],
  ['a group of 4 inputs', wide, { layer: 'conv_4', unit: 6, first: 4, count: 4 }],
  ['one input of its own', wide, { layer: 'conv_5', unit: 77, first: 77, count: 1 }],
  ['128 inputs and single weights', wide, { layer: 'conv_6', unit: 0, first: 0, count: 128 }],
];

function open(described: Description, focus: Focus, viewport: Viewport, scroll = 0): Scene {
  const layer = 'layer' in focus ? focus.layer : '';
  const scrolls = new Map([[`elastic ${layer}`, scroll]]);
  return scene({ network: described, view: { focus, detail: true, scale: 'block' }, viewport, scrolls });
}

describe.each(VIEWPORTS)('on %s', (_, viewport) => {
  describe.each(OPENED)('a unit of %s', (__, described, { layer, unit, first, count }) => {
    const all: Focus = { kind: 'unit', layer, unit };
    const one: Focus = { kind: 'link', layer, unit, input: first };

    test.each([all, one])('keeps everything inside and apart: $kind', (focus) => {
      for (const scroll of [0, 137, 1e6]) {
        const made = open(described, focus, viewport, scroll);
        expect(faults(made)).toEqual([]);
        expect(made.width).toBe(viewport.width);
        expect(made.staged).toBe('elastic');
      }
    });

    test('has a row of input, kernel and intermediate map for each input that is read, and only those', () => {
      const rows = new Set<number>();
      // As far as the rows reach, by steps that are shorter than any screen.
      for (let scroll = 0; scroll < count * 62 + 200; scroll += 100) {
        const made = open(described, all, viewport, scroll);
        for (const node of made.nodes) {
          if (node.kind !== 'kernel' || node.input === null) continue;
          const keys = new Set(made.nodes.map(({ key }) => key));
          expect(keys.has(nodeKey('map', layer, node.input))).toBe(true);
          expect(made.boxes.some(({ key }) => key === node.from)).toBe(true);
          rows.add(node.input);
        }
      }
      expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (___, i) => first + i));
    });

    test('ends in the sum, the bias and the unit itself, with room for the controls', () => {
      const made = open(described, all, viewport);
      const keys = new Set([...made.nodes, ...made.boxes].map(({ key }) => key));
      for (const kind of ['sum', 'bias', 'total', 'heading'] as const)
        expect(keys).toContain(nodeKey(kind, layer));
      expect(keys).toContain(`${layer}/${unit}`);
      expect(made.flows.some(({ to }) => to === `${layer}/${unit}`)).toBe(true);
      expect(made.open).toBeNull();
      expect(made.bar?.height).toBeGreaterThanOrEqual(44);
    });

    test('leaves room for the card of an input, which is in sight', () => {
      const made = open(described, one, viewport);
      expect(made.open?.width).toBeGreaterThanOrEqual(Math.min(viewport.width, 340));
      expect(made.bar).toBeNull();
      const row = made.nodes.filter(({ input }) => input === first);
      expect(row.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['kernel', 'map']));
      expect(row.every(({ emphasis }) => emphasis === 'strong')).toBe(true);
    });
  });

  test('everything can be touched', () => {
    if (!viewport.touch) return;
    const made = open(tinyVgg(), { kind: 'unit', layer: 'conv_3', unit: 1 }, viewport);
    // A row is one target: its distance to the next counts, not the tile in it.
    for (const lane of made.lanes) expect(lane.pitch).toBeGreaterThanOrEqual(43.9);
  });
});

test('the same thing has the same key on every screen, and in every unit of a layer', () => {
  const keys = (viewport: Viewport, unit: number) =>
    open(tinyVgg(), { kind: 'unit', layer: 'conv_1', unit }, viewport)
      .nodes.map(({ key }) => key)
      .sort();
  const first = keys({ width: 1440, height: 784, touch: false }, 0);
  for (const [, viewport] of VIEWPORTS.slice(0, 6)) expect(keys(viewport, 7)).toEqual(first);
});

test('weights of 3 × 3 are large enough to be read beside 10 inputs', () => {
  for (const [viewport, least] of [
    [{ width: 1440, height: 784, touch: false }, 11],
    [{ width: 390, height: 680, touch: true }, 14],
    [{ width: 360, height: 560, touch: true }, 14],
  ] as const) {
    const made = open(tinyVgg(), { kind: 'unit', layer: 'conv_3', unit: 1 }, viewport);
    const kernel = made.nodes.find(({ kind }) => kind === 'kernel');
    // Five signs of a number, in a cell.
    expect((kernel?.width ?? 0) / 3).toBeGreaterThanOrEqual(least * 3.3);
    expect((kernel?.height ?? 0) / 3).toBeGreaterThanOrEqual(least * 1.2);
  }
});

test('opening a unit, its kernels grow out of its inputs; closing it, they are gone at the end', () => {
  const viewport = { width: 1440, height: 784, touch: false };
  const overview = open(tinyVgg(), { kind: 'overview' }, viewport);
  const unit = open(tinyVgg(), { kind: 'unit', layer: 'conv_3', unit: 1 }, viewport);
  const begin = between(between(null, overview, 1), unit, 0);
  for (const node of begin.nodes) {
    const from = overview.boxes.find(({ key }) => key === node.from);
    expect(node).toMatchObject({ x: from?.x, y: from?.y, opacity: 0 });
  }
  expect(between(between(null, unit, 1), overview, 0.2).nodes.length).toBeGreaterThan(0);
  expect(between(between(null, unit, 1), overview, 1).nodes).toEqual([]);
});

test.each([
  { width: 844, height: 341 },
  { width: 844, height: 340 },
  { width: 932, height: 370 },
])('a phone on its side of $width × $height has all three captions beside few inputs', (size) => {
  const view = { focus: { kind: 'unit', layer: 'conv_1', unit: 4 }, detail: false, scale: 'block' } as const;
  const made = scene({
    network: tinyVgg(),
    view,
    viewport: { ...size, touch: true },
    scrolls: new Map(),
  });
  expect(made.notes.map(({ message }) => message)).toEqual(['kernel', 'slide', 'sum']);
  // Two lines of 14 px.
  for (const note of made.notes) expect(note.height).toBeGreaterThanOrEqual(35);
  expect(faults(made)).toEqual([]);
});

describe.each<[string, Omit<Viewport, 'height'>]>([
  ['a phone on its side', { width: 844, touch: true }],
  ['a page at 200 %', { width: 640, touch: false }],
  [
    'a projector beside a question',
    { width: 640, touch: false, projector: { corner: { width: 70, height: 70 } } },
  ],
])('on %s, however low the picture is', (_, screen) => {
  const made = (height: number, detail: boolean) =>
    scene({
      network: tinyVgg(),
      view: { focus: { kind: 'unit', layer: 'conv_1', unit: 4 }, detail, scale: 'block' },
      viewport: { ...screen, height },
      scrolls: new Map(),
    });
  const heights = Array.from({ length: 60 }, (__, i) => 204 + 4 * i);

  test.each([true, false])('sum, bias and its name are whole and apart, with details: %s', (detail) => {
    for (const height of heights) {
      const { nodes, bar } = made(height, detail);
      const name = nameOfBias(nodes);
      const places = [...nodes.filter(({ lane }) => lane === ''), ...(name ? [name] : [])];
      const cut = places.filter((each) => each.y < 0 || each.y + each.height > height - (bar?.height ?? 0));
      expect(cut, `${height}`).toEqual([]);
      const touching = places.filter((a, i) => places.slice(i + 1).some((b) => overlap(a, b)));
      expect(touching, `${height}`).toEqual([]);
    }
  });

  test('the sum is written in numbers as soon as it has room', () => {
    const written = heights.map((height) => made(height, false).nodes.some(({ kind }) => kind === 'total'));
    expect(written).toEqual([...written].sort());
    expect(written.at(-1)).toBe(true);
  });
});
