import { expect, test } from 'vitest';

import { swiped } from './swipe';

const WIDTH = 390;
const at = (x: number, y: number, time: number) => ({ x, y, time });

test.each([
  ['to the left', at(300, 400, 0), at(180, 410, 200), 1],
  ['to the right', at(100, 400, 0), at(220, 380, 200), -1],
  ['too short', at(300, 400, 0), at(250, 400, 100), 0],
  ['too slow', at(300, 400, 0), at(100, 400, 700), 0],
  ['a scroll', at(300, 400, 0), at(200, 460, 200), 0],
  ['from the left edge, which leads back', at(10, 400, 0), at(200, 400, 200), 0],
  ['from the right edge', at(385, 400, 0), at(200, 400, 200), 0],
  ['a tap', at(200, 400, 0), at(200, 400, 60), 0],
])('%s', (_, from, to, by) => {
  expect(swiped(from, to, WIDTH)).toBe(by);
});
