import fc from 'fast-check';
import { expect, test } from 'vitest';

import { tinyVgg } from '../scene/sample';
import { scene } from '../scene/scene';
import type { Look } from './look';
import { stepsOf, type Steps } from './step';
import { StepsCanvas } from './steps';
import { paletteOf } from './testing';

const viewport = { width: 1440, height: 780, touch: false };
const unit = scene({
  network: tinyVgg(),
  view: { focus: { kind: 'unit', layer: 'conv_1', unit: 3 }, detail: false, scale: 'block' },
  viewport,
  scrolls: new Map(),
});
const terms = unit.nodes.filter(({ kind }) => kind === 'term');
const chip: Look = { type: 'chip', text: '0.37', fill: [200, 100, 0] };

function step(part: Partial<Parameters<typeof stepsOf>[0]> = {}): Steps {
  return stepsOf({
    scene: unit,
    area: { x: 0, y: 0, ...viewport },
    ratio: 1,
    palette: paletteOf('light'),
    nodes: terms,
    look: () => chip,
    frames: new Map(),
    veils: new Map(),
    marked: new Set(),
    font: 'sans-serif',
    least: 11,
    ...part,
  });
}

/** A canvas that remembers the rectangles that were filled and the texts that were written. */
function canvas() {
  const filled: { x: number; y: number; width: number; height: number }[] = [];
  const written: string[] = [];
  const known: Record<string, unknown> = {
    fillRect: (x: number, y: number, width: number, height: number) => filled.push({ x, y, width, height }),
    fillText: (text: string) => written.push(text),
    font: '',
  };
  const context = new Proxy(known, {
    get: (target, name: string) => target[name] ?? (() => undefined),
  });
  return {
    element: { width: 0, height: 0, getContext: () => context } as unknown as HTMLCanvasElement,
    filled,
    written,
  };
}

test('a step is data: it can be given to a worker as it is', () => {
  const steps = step({ veils: new Map([[terms[0]?.from ?? '', { shown: 5, rows: 4, columns: 4 }]]) });
  expect(structuredClone(steps)).toEqual(steps);
  expect(steps.values).toHaveLength(terms.length);
  expect(steps.marks).toHaveLength(1);
});

test('every value of the step is written, none whose values are not here', () => {
  const { element, written } = canvas();
  const missing = terms[1]?.key;
  new StepsCanvas(element).take(step({ look: ({ key }) => (key === missing ? null : chip) }));
  expect(written).toEqual(terms.slice(1).map(() => '0.37'));
  expect([element.width, element.height]).toEqual([1440, 780]);
});

test('the veil covers each cell that is not revealed once, and no other', () => {
  const rect = { x: 100, y: 50, width: 80, height: 60 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(70),
      (rows, columns, any) => {
        const shown = any % (rows * columns + 1);
        const { element, filled } = canvas();
        const steps = {
          ...step(),
          values: [],
          marks: [{ rect, lane: undefined, veil: { shown, rows, columns }, frames: [] }],
        };
        new StepsCanvas(element).take(steps);
        for (let cell = 0; cell < rows * columns; cell += 1) {
          const x = rect.x + (((cell % columns) + 0.5) / columns) * rect.width;
          const y = rect.y + ((Math.floor(cell / columns) + 0.5) / rows) * rect.height;
          const over = filled.filter(
            (each) => x > each.x && x < each.x + each.width && y > each.y && y < each.y + each.height,
          );
          expect(over).toHaveLength(cell < shown ? 0 : 1);
        }
      },
    ),
  );
});
