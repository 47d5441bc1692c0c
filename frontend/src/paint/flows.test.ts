import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { FlowsCanvas, type Flows } from './flows';

const flows: Flows = {
  ways: [
    { way: [0, 10, 20, 10, 20, 50, 40, 50], lit: false },
    { way: [0, 90, 20, 90, 20, 50, 40, 50], lit: true },
  ],
  area: { x: 0, y: 0, width: 40, height: 100 },
  ratio: 2,
  plain: 'grey',
  lit: 'black',
  flowing: false,
};

let asked = new Map<number, () => void>();
beforeEach(() => {
  asked = new Map();
  let last = 0;
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.stubGlobal('requestAnimationFrame', (next: () => void) => {
    asked.set((last += 1), next);
    return last;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => asked.delete(id));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A canvas that remembers how it stroked. */
function canvas() {
  const strokes: { colour: string; offset: number }[] = [];
  const context = {
    strokeStyle: '',
    lineDashOffset: 0,
    setTransform: () => undefined,
    clearRect: () => strokes.splice(0),
    setLineDash: () => undefined,
    beginPath: () => undefined,
    moveTo: () => undefined,
    bezierCurveTo: () => undefined,
    stroke: () => strokes.push({ colour: context.strokeStyle, offset: context.lineDashOffset }),
  };
  return {
    element: { width: 0, height: 0, getContext: () => context } as unknown as HTMLCanvasElement,
    strokes,
  };
}

function frame(): void {
  const [[id, next] = []] = asked;
  if (id === undefined || !next) throw new Error('no frame was asked for');
  asked.delete(id);
  next();
}

test('what stands still is painted once', () => {
  const { element, strokes } = canvas();
  new FlowsCanvas(element).take(flows);
  expect(strokes.map(({ colour }) => colour)).toEqual(['grey', 'black']);
  expect(strokes.every(({ offset }) => offset === 0)).toBe(true);
  expect(asked.size).toBe(0);
  expect([element.width, element.height]).toEqual([80, 200]);
});

test('what flows moves along with the time, 30 px in a second, until it stands or ends', () => {
  const { element, strokes } = canvas();
  const painter = new FlowsCanvas(element);
  painter.take({ ...flows, flowing: true });
  const before = strokes[0]?.offset ?? NaN;
  vi.advanceTimersByTime(100);
  frame();
  expect(strokes[0]?.offset).toBeCloseTo(before - 3, 6);
  // Told again while it moves it does not move twice.
  painter.take({ ...flows, flowing: true });
  expect(asked.size).toBe(1);
  painter.take(flows);
  expect(asked.size).toBe(0);
  painter.take({ ...flows, flowing: true });
  painter.end();
  expect(asked.size).toBe(0);
});
