import fc from 'fast-check';
import { expect, test } from 'vitest';

import { tinyVgg } from './sample';
import { scene, type Scene, type Viewport } from './scene';
import { lengthOf, scrolls } from './sight';
import { counterpart, scrollsAround } from './zoom';

const network = tinyVgg();
const view = { focus: { kind: 'overview' }, detail: false, scale: 'block' } as const;

function at(viewport: Viewport, scrolls = new Map<string, number>()): Scene {
  return scene({ network, view, viewport, scrolls });
}

const PHONE = { width: 390, height: 700, touch: true };
const LAPTOP = { width: 1280, height: 700, touch: false };

test.each([
  ['a phone', PHONE],
  ['a laptop', LAPTOP],
])('on %s what is enlarged needs more room, and no tile lies on another', (_, viewport) => {
  const [plain, large] = [at(viewport), at({ ...viewport, zoom: 2 })];
  expect(large.layout).toBe(plain.layout);
  expect(large.width * large.height).toBeGreaterThan(plain.width * plain.height * 1.2);
  const tile = (made: Scene) => made.boxes.find(({ key }) => key === 'conv_1/0')?.width ?? 0;
  expect(tile(large)).toBeGreaterThan(tile(plain) * 1.5);
});

test('without a wish nothing is enlarged', () => {
  for (const viewport of [PHONE, LAPTOP]) expect(at({ ...viewport, zoom: 1 })).toEqual(at(viewport));
});

test('what is under the fingers stays the same tile', () => {
  const zooms = fc.constantFrom(1, 1.25, 1.6, 2, 3);
  fc.assert(
    fc.property(fc.constantFrom(PHONE, LAPTOP), zooms, zooms, fc.nat(), (viewport, zoom, next, pick) => {
      const from = at({ ...viewport, zoom });
      const seen = from.boxes.filter(({ kind }) => kind === 'map');
      const box = seen[pick % seen.length];
      if (!box) throw new Error('there is no tile');
      const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const plain = at({ ...viewport, zoom: next });
      const to = at({ ...viewport, zoom: next }, scrollsAround(from, plain, point));
      const same = to.boxes.find(({ key }) => key === box.key);
      const there = counterpart(from, plain, point);
      const lane = to.lanes.find(({ key }) => key === box.lane);
      if (!same || !lane) throw new Error('it is out of sight');
      const isAtEnd = lane.scroll <= 0 || lane.scroll >= lane.content - lengthOf(lane) - 1;
      const away = {
        x: Math.abs(same.x + same.width / 2 - there.x),
        y: Math.abs(same.y + same.height / 2 - there.y),
      };
      expect(lane.axis === 'vertical' && scrolls(lane) && isAtEnd ? 0 : away.y).toBeLessThanOrEqual(
        same.height / 2,
      );
      // At the ends of a row there is nothing more to bring there.
      if (!isAtEnd) expect(away.x).toBeLessThanOrEqual(same.width / 2);
    }),
  );
});
