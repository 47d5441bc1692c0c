import fc from 'fast-check';
import { expect, test } from 'vitest';

import { columns } from './column';
import { inside } from './geometry';
import { anyNetwork, anyViewport, network as sample, tinyVgg } from './sample';
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
  expect(toMiddle(made, network.output, 9)).toBeNull();
});

test.each([
  { width: 1440, height: 760, touch: false },
  { width: 844, height: 300, touch: true },
  { width: 390, height: 700, touch: true },
])(
  'of 100 or 1,000 classes any comes to the middle on $width × $height, beside tiles as large as ever',
  (viewport) => {
    const few = scene({ network: classifier(10), view, viewport, scrolls: new Map() });
    for (const classes of [100, 1000]) {
      const network = classifier(classes);
      const still = scene({ network, view, viewport, scrolls: new Map() });
      const tiles = (made: Scene) =>
        made.boxes.filter(({ kind }) => kind === 'map').map(({ width }) => width);
      expect(Math.min(...tiles(still))).toBeGreaterThanOrEqual(Math.min(...tiles(few)) * 0.85);
      expect(still.boxes.length).toBeLessThan(500);
      for (const chosen of [0, Math.floor(classes / 3), classes - 1]) {
        const moves = [network.logits ?? '', network.output].map((layer) => toMiddle(still, layer, chosen));
        const scrolls = new Map(moves.flatMap((move) => (move ? [[move.group, move.scroll]] : [])));
        const made = scene({ network, view, viewport, scrolls });
        for (const layer of [network.logits, network.output])
          expect(inSight(made, `${layer}/${chosen}`), `${layer} ${chosen} of ${classes}`).toBe(true);
      }
    }
  },
);

/** Two convolutions, and so many classes. */
function classifier(classes: number) {
  const conv = { make: 'conv', units: 10 } as const;
  return sample([
    conv,
    { make: 'relu' },
    conv,
    { make: 'pool' },
    { make: 'flatten' },
    { make: 'dense', units: classes },
    { make: 'softmax' },
  ]);
}
