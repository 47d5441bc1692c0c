import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { between } from './between';
import { columns } from './column';
import { allEdges, edgesInto } from './edges';
import { faults } from './faults';
import { inside, overlap, type Rect } from './geometry';
import { anyNetwork, anyViewport, network, tinyVgg } from './sample';
import { layoutFor, scene, type Scene, type View, type Viewport } from './scene';

const overview: View = { focus: { kind: 'overview' }, detail: true, scale: 'block' };
const still = new Map<string, number>();

/** What is wrong with the edges of a scene. */
function looseEdges(made: Scene, described: Description): string[] {
  const at = new Map(made.boxes.map((box) => [box.key, box]));
  const right = made.flow === 'right';
  const along = (box: Rect) => (right ? [box.x, box.x + box.width] : [box.y, box.y + box.height]);
  const across = (box: Rect, place: number) => {
    const [low, high] = right ? [box.y, box.y + box.height] : [box.x, box.x + box.width];
    return place >= low && place <= high;
  };
  return allEdges(made, columns(described)).flatMap((edge) => {
    const from = at.get(edge.from);
    const to = at.get(edge.to);
    if (!from || !to) return [`${edge.from} → ${edge.to} has no box`];
    const starts = Math.abs((right ? edge.x1 : edge.y1) - (along(from)[1] ?? 0)) < 0.01;
    const ends = Math.abs((right ? edge.x2 : edge.y2) - (along(to)[0] ?? 0)) < 0.01;
    const touches = across(from, right ? edge.y1 : edge.x1) && across(to, right ? edge.y2 : edge.x2);
    return starts && ends && touches ? [] : [`${edge.from} → ${edge.to} does not touch`];
  });
}

function anyFocus(described: Description): fc.Arbitrary<Focus> {
  const layers = described.layers.slice(1);
  return fc.oneof(
    fc.constant<Focus>({ kind: 'overview' }),
    fc.constantFrom(...layers).map((layer): Focus => ({ kind: 'layer', layer: layer.id })),
    fc
      .constantFrom(...layers)
      .chain((layer) =>
        fc.nat((layer.shape[0] ?? 1) - 1).map((unit): Focus => ({ kind: 'unit', layer: layer.id, unit })),
      ),
    fc.nat(described.labels.length - 1).map((index): Focus => ({ kind: 'class', class: index })),
  );
}

test('in any network, on any screen, tiles stay inside, apart, and connected', () => {
  fc.assert(
    fc.property(
      anyNetwork().chain((described) =>
        fc.record({ described: fc.constant(described), focus: anyFocus(described) }),
      ),
      anyViewport(),
      fc.boolean(),
      fc.nat(5000),
      ({ described, focus }, viewport, detail, scroll) => {
        const scrolls = new Map(columns(described).map((column) => [column.lane, scroll]));
        const made = scene({ network: described, view: { ...overview, focus, detail }, viewport, scrolls });
        expect(faults(made)).toEqual([]);
        expect(looseEdges(made, described)).toEqual([]);
        expect(made.boxes.length).toBeLessThanOrEqual(1500 + 2 * described.layers.length);
        for (const lane of made.lanes) {
          const length = lane.axis === 'vertical' ? lane.height : lane.width;
          expect(lane.scroll).toBeLessThanOrEqual(lane.content - length + 0.01);
        }
        if (viewport.touch) for (const lane of made.lanes) expect(lane.pitch).toBeGreaterThanOrEqual(43.9);
      },
    ),
    { numRuns: 100 },
  );
});

describe('the first network', () => {
  const described = tinyVgg();
  test.each<Viewport>([
    { width: 1440, height: 760, touch: false },
    { width: 1024, height: 640, touch: false },
    { width: 1024, height: 768, touch: true },
    { width: 844, height: 300, touch: true },
  ])('fits a screen of $width × $height without scrolling sideways', (viewport) => {
    const made = scene({ network: described, view: overview, viewport, scrolls: still });
    expect(made.layout).toBe('wide');
    expect(made.width).toBe(viewport.width);
    expect(faults(made)).toEqual([]);
  });

  test.each([
    { width: 390, height: 700, touch: true },
    { width: 360, height: 560, touch: true },
    { width: 768, height: 900, touch: true },
  ])('has rows on a screen of $width × $height, each unit a target for a finger', (viewport) => {
    const made = scene({ network: described, view: overview, viewport, scrolls: still });
    expect(made.layout).toBe('portrait');
    expect(made.width).toBe(viewport.width);
    for (const box of made.boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(43);
    expect(faults(made)).toEqual([]);
  });

  test('shows every unit of every layer at once on a desk', () => {
    const made = scene({
      network: described,
      view: overview,
      viewport: { width: 1440, height: 760, touch: false },
      scrolls: still,
    });
    expect(made.boxes).toHaveLength(3 + 10 * 13);
    expect(made.boxes.filter((box) => box.kind === 'map').every((box) => box.width >= 44)).toBe(true);
    const edges = allEdges(made, columns(described));
    // Four convolutions, dense and softmax mix everything; the rest is one to one.
    expect(edges).toHaveLength(30 + 300 + 200 + 7 * 10);
  });

  test.each([640, 700, 844, 900, 1024, 1280, 1440, 1920])(
    'names a strip and the values after it side by side, %i px wide',
    (width) => {
      for (const touch of [true, false]) {
        const viewport = { width, height: 390, touch };
        const { labels } = scene({ network: described, view: overview, viewport, scrolls: still });
        const [strip, values] = ['flatten_11', 'dense_12'].map((id) =>
          labels.find(({ layer }) => layer === id),
        );
        // As wide as the names are in the least type.
        expect(strip?.width).toBeGreaterThanOrEqual(45.9);
        expect(values?.width).toBeGreaterThanOrEqual(43.9);
        for (const [i, label] of labels.entries()) {
          const next = labels[i + 1];
          if (next) expect(label.x + label.width).toBeLessThanOrEqual(next.x + 0.01);
        }
      }
    },
  );

  test('leaves room for the explanation of a unit and keeps its sources beside it', () => {
    const focus: Focus = { kind: 'unit', layer: 'relu_4', unit: 4 };
    const viewport = { width: 1024, height: 640, touch: false };
    const made = scene({ network: described, view: { ...overview, focus }, viewport, scrolls: still });
    expect(made.open?.width).toBeGreaterThanOrEqual(600);
    for (const box of made.boxes) if (made.open) expect(overlap(box, made.open)).toBe(false);
    expect(edgesInto(made, columns(described), 'relu_4/4')).toHaveLength(1);
    expect(made.boxes.filter((box) => box.emphasis === 'strong').map((box) => box.key)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `conv_3/${i}`),
      'relu_4/4',
    ]);
  });

  const places: Focus[] = [
    { kind: 'overview' },
    { kind: 'layer', layer: 'conv_3' },
    { kind: 'unit', layer: 'conv_1', unit: 4 },
    { kind: 'unit', layer: 'conv_8', unit: 9 },
    { kind: 'class', class: 9 },
  ];
  describe.each([true, false])('on a projector, with details: %s', (detail) => {
    test.each(places)('leaves the corner free at %o', (focus) => {
      const corner = { width: 90, height: 150 };
      const viewport = { width: 1024, height: 768, touch: false, projector: { corner } };
      const made = scene({
        network: described,
        view: { ...overview, focus, detail },
        viewport,
        scrolls: still,
      });
      const taken = { x: 0, y: viewport.height - corner.height, ...corner };
      const standing = [...made.boxes, ...made.legends, ...(made.open ? [made.open] : [])];
      expect(standing.filter((each) => overlap(each, taken))).toEqual([]);
      expect(made.width).toBe(viewport.width);
      expect(faults(made)).toEqual([]);
    });
  });

  const beside: Focus[] = [
    { kind: 'unit', layer: 'relu_2', unit: 4 },
    { kind: 'unit', layer: 'relu_9', unit: 9 },
    { kind: 'class', class: 9 },
  ];
  test.each(beside)('beside %o has one line of targets on a short phone', (focus) => {
    const viewport = { width: 360, height: 530, touch: true };
    const made = scene({ network: described, view: { ...overview, focus }, viewport, scrolls: still });
    expect(made.open?.y).toBeLessThan(70);
    expect(new Set(made.lanes.map((lane) => lane.y)).size).toBe(1);
    for (const box of made.boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(43);
    for (const lane of made.lanes) expect(inside(lane, { x: 0, y: 0, ...viewport })).toBe(true);
    expect(made.lanes.some((a, i) => made.lanes.slice(i + 1).some((b) => overlap(a, b)))).toBe(false);
    expect(allEdges(made, columns(described))).toEqual([]);
  });

  test('has a legend under every block, module, or all', () => {
    const keys = (scale: View['scale']) =>
      scene({
        network: described,
        view: { ...overview, scale },
        viewport: { width: 1440, height: 760, touch: false },
        scrolls: still,
      }).legends.map((legend) => [legend.kind, legend.layers.length]);
    expect(keys('block')).toEqual([
      ['grey', 1],
      ['activation', 2],
      ['activation', 3],
      ['activation', 2],
      ['activation', 4],
      ['logit', 1],
      ['score', 1],
    ]);
    expect(keys('module')).toEqual([
      ['grey', 1],
      ['activation', 5],
      ['activation', 5],
      ['activation', 1],
      ['logit', 1],
      ['score', 1],
    ]);
    expect(keys('global')).toEqual([
      ['grey', 1],
      ['activation', 11],
      ['logit', 1],
      ['score', 1],
    ]);
  });
});

test('a grouped convolution is connected to its own group only', () => {
  const described = network([
    { make: 'conv', units: 8 },
    { make: 'conv', units: 8, groups: 4 },
    { make: 'flatten' },
    { make: 'dense', units: 2 },
    { make: 'softmax' },
  ]);
  const made = scene({
    network: described,
    view: overview,
    viewport: { width: 1200, height: 700, touch: false },
    scrolls: still,
  });
  expect(edgesInto(made, columns(described), 'conv_2/5').map((edge) => edge.from)).toEqual([
    'conv_1/4',
    'conv_1/5',
  ]);
});

test('a screen lying on its side has columns, one standing upright has rows', () => {
  expect(layoutFor({ width: 844, height: 390, touch: true })).toBe('wide');
  expect(layoutFor({ width: 390, height: 844, touch: true })).toBe('portrait');
  expect(layoutFor({ width: 900, height: 1200, touch: false })).toBe('wide');
});

test('on the way between two scenes a box is between its two places, and arrives', () => {
  const described = tinyVgg();
  const viewport = { width: 1200, height: 700, touch: false };
  const from = between(null, scene({ network: described, view: overview, viewport, scrolls: still }), 1);
  const focus: Focus = { kind: 'unit', layer: 'conv_3', unit: 4 };
  const to = scene({ network: described, view: { ...overview, focus }, viewport, scrolls: still });
  const half = between(from, to, 0.5);
  for (const box of to.boxes) {
    const old = from.boxes.find((each) => each.key === box.key);
    const now = half.boxes.find((each) => each.key === box.key);
    if (!old || !now) continue;
    expect(now.x).toBeGreaterThanOrEqual(Math.min(old.x, box.x));
    expect(now.x).toBeLessThanOrEqual(Math.max(old.x, box.x));
  }
  expect(between(half, to, 1).boxes.map(({ x, y }) => [x, y])).toEqual(to.boxes.map(({ x, y }) => [x, y]));
  expect(between(half, to, 0).boxes.find((box) => box.key === 'conv_3/4')?.x).toBe(
    half.boxes.find((box) => box.key === 'conv_3/4')?.x,
  );
});
