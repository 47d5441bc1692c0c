import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { mix, ease } from '../scene/between';
import { Travel, type Order, type Traveller } from './travel';

/** What was drawn in the last frame: where, with which opacity. */
interface Drawn {
  x: number;
  y: number;
  width: number;
  height: number;
  alpha: number;
}

/** A canvas that remembers its last frame, in CSS px of the canvas. */
function canvas() {
  let drawn: Drawn[] = [];
  let shift = { x: 0, y: 0 };
  const context = {
    globalAlpha: 1,
    setTransform: () => (shift = { x: 0, y: 0 }),
    translate: (x: number, y: number) => (shift = { x, y }),
    clearRect: () => (drawn = []),
    drawImage: (...given: number[]) => {
      const [x = 0, y = 0, width = 0, height = 0] = given.slice(5);
      drawn.push({ x: x + shift.x, y: y + shift.y, width, height, alpha: context.globalAlpha });
    },
  };
  const element = { width: 0, height: 0, getContext: () => context };
  return { element: element as unknown as HTMLCanvasElement, frame: () => drawn };
}

const atlas: Order = {
  type: 'atlas',
  key: 'conv map',
  atlas: { image: {} as HTMLCanvasElement, width: 4, height: 4, across: 8 },
};
const tile: Traveller = {
  atlas: 'conv map',
  tile: 3,
  round: false,
  from: { x: 0, y: 0, width: 40, height: 40, opacity: 1 },
  to: { x: 200, y: 100, width: 80, height: 80, opacity: 0.5 },
};
const window = { width: 640, height: 480, left: 0, top: 0, ratio: 2 };

function way(travellers: Traveller[], duration = 400): Order {
  const began = performance.timeOrigin + performance.now();
  return { type: 'way', travellers, began, duration, window: { ...window } };
}

let asked: (() => void)[] = [];
/** The display's next frame, 16 ms later. */
function nextFrame(): void {
  vi.advanceTimersByTime(16);
  for (const run of asked.splice(0)) run();
}
beforeEach(() => {
  asked = [];
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => asked.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => (asked = []));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a tile is where the way is at every frame, arrives, and then nothing is painted any more', () => {
  const { element, frame } = canvas();
  const travel = new Travel(element);
  travel.take(atlas);
  travel.take(way([tile]));
  expect([element.width, element.height]).toEqual([1280, 960]);
  expect(frame()).toEqual([{ x: 0, y: 0, width: 40, height: 40, alpha: 1 }]);
  const begin = performance.now();
  while (performance.now() - begin < 400) {
    nextFrame();
    const eased = ease((performance.now() - begin) / 400);
    const [{ alpha, ...rect } = { alpha: NaN }] = frame();
    expect(rect).toEqual(mixed(eased));
    expect(alpha).toBeCloseTo(1 - eased / 2);
  }
  expect(frame()).toEqual([{ x: 200, y: 100, width: 80, height: 80, alpha: 0.5 }]);
  expect(asked).toEqual([]);
});

function mixed(eased: number) {
  const { x, y, width, height } = mix(tile.from, tile.to, eased);
  return { x, y, width, height };
}

test('a tile joins when its atlas arrives, and none is drawn from an atlas that was given up', () => {
  const { element, frame } = canvas();
  const travel = new Travel(element);
  travel.take(way([tile], 0));
  expect(frame()).toEqual([]);
  travel.take(atlas);
  nextFrame();
  expect(frame()).toHaveLength(1);
  travel.take({ type: 'forget' });
  travel.take(way([tile], 0));
  expect(frame()).toEqual([]);
});

test('tiles stay where they are on the content when that is scrolled', () => {
  const { element, frame } = canvas();
  const travel = new Travel(element);
  travel.take(atlas);
  travel.take(way([tile], 0));
  travel.take({ type: 'scroll', left: 30, top: 120 });
  nextFrame();
  expect(frame()).toEqual([{ x: 170, y: -20, width: 80, height: 80, alpha: 0.5 }]);
});
