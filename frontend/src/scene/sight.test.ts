import fc from 'fast-check';
import { expect, test } from 'vitest';

import { columns } from './column';
import { inside } from './geometry';
import { anyNetwork, anyViewport, tinyVgg } from './sample';
import { scene, type Scene, type View } from './scene';
import { intoSight, toMiddle } from './sight';

const view: View = { focus: { kind: 'overview' }, detail: true, scale: 'block' };

function inSight(made: Scene, key: string): boolean {
  const box = made.boxes.find((each) => each.key === key);
  const lane = made.lanes.find((each) => each.key === box?.lane);
  if (!box || !lane) return false;
  return lane.axis === 'vertical'
    ? inside({ ...box, x: lane.x, width: 0 }, lane, 0.5)
    : inside({ ...box, y: lane.y, height: 0 }, lane, 0.5);
}

test('one move brings any unit of any layer into sight, and then none is needed', () => {
  fc.assert(
    fc.property(anyNetwork(), anyViewport(), fc.nat(), fc.nat(), (network, viewport, at, unit) => {
      const all = columns(network);
      const column = all[at % all.length];
      if (!column) return;
      const box = unit % column.boxes;
      const make = (scrolls: Map<string, number>) => scene({ network, view, viewport, scrolls });
      const before = make(new Map());
      const move = intoSight(before, column.layer.id, box);
      const after = make(new Map(move ? [[move.group, move.scroll]] : []));
      expect(inSight(after, `${column.layer.id}/${box}`)).toBe(true);
      expect(intoSight(after, column.layer.id, box)?.scroll ?? move?.scroll).toEqual(move?.scroll);
    }),
    { numRuns: 60 },
  );
});

test('nothing moves where everything is in sight', () => {
  const network = tinyVgg();
  const viewport = { width: 1440, height: 760, touch: false };
  const made = scene({ network, view, viewport, scrolls: new Map() });
  expect(intoSight(made, 'conv_1', 9)).toBeNull();
  expect(toMiddle(made, 9)).toBeNull();
});
