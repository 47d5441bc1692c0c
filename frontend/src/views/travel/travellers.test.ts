import fc from 'fast-check';
import { expect, test } from 'vitest';

import { DIM } from '../../paint/network';
import { between, ease, mix } from '../../scene/between';
import { anyNetwork, anyViewport } from '../../scene/sample';
import { scene } from '../../scene/scene';
import { travellersOf, travels } from './travellers';

test('who stays is on the way between its places, whoever comes or goes does it where it is', () => {
  const t = 0.3;
  fc.assert(
    fc.property(anyNetwork(), anyViewport(), fc.nat(), (network, viewport, any) => {
      const layer = network.layers[any % network.layers.length]?.id ?? '';
      const at = (focus: { kind: 'overview' } | { kind: 'layer'; layer: string }) =>
        scene({ network, view: { focus, detail: false, scale: 'block' }, viewport, scrolls: new Map() });
      const from = between(null, at({ kind: 'overview' }), 1);
      const to = at({ kind: 'layer', layer });
      const travellers = travellersOf(from, to);
      const keys = new Set([...from.boxes, ...to.boxes].filter(travels).map(({ key }) => key));
      expect(travellers).toHaveLength(keys.size);
      const stays = new Set(from.boxes.map(({ key }) => key));
      const expected = between(from, to, t).boxes.filter((box) => travels(box) && stays.has(box.key));
      const here = travellers.map((each) => {
        const { x, y, width, height } = mix(each.from, each.to, ease(t));
        return { tile: each.tile, x, y, width, height };
      });
      for (const { box, x, y, width, height } of expected)
        expect(here).toContainEqual({ tile: box, x, y, width, height });
      for (const { from: start, to: end } of travellers)
        expect([0, DIM, 1]).toEqual(expect.arrayContaining([start.opacity, end.opacity]));
    }),
    { numRuns: 25 },
  );
});
