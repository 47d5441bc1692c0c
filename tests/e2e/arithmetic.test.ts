// The arithmetic on the screen against the server's tensors.
import { expect } from 'vitest';

import type { Layer } from '../../frontend/src/protocol/network';
import { settled } from './canvas';
import { PHONE } from './person';
import { scenario } from './scenario';
import { describe, tensor, type Run } from './tensors';
import { addressOf } from './views';

/** How far a sum of f32 products in another order may be from the server's value. */
const TOLERANCE = 1e-4;

for (const [size, device] of Object.entries({ wide: undefined, portrait: PHONE }))
  scenario(
    `the whole sum of a convolution is the unit's value, at any unit and step, ${size}`,
    async (room) => {
      const who = await room.visit('/explore', device);
      await settled(who);
      const network = await describe(room.server.address, (await who.view()).network);
      const run: Run = { server: room.server.address, network, picture: (await who.view()).picture };
      const convolutions = network.layers.filter(({ op }) => op.type === 'conv');
      expect(convolutions.length).toBeGreaterThan(1);
      for (const [i, layer] of convolutions.entries())
        for (const place of places(layer, i)) {
          const values = await tensor(run, layer.id, place.unit);
          const focus = { kind: 'unit', layer: layer.id, unit: place.unit } as const;
          await who.goesTo(addressOf(focus, { step: place.step }));
          await who.sees({ focus: `unit ${layer.id} ${place.unit}`, step: place.step });
          const told = who.page.locator('[data-sum][data-output]').first();
          await told.waitFor();
          const { sum, output } = await told.evaluate(({ dataset }: HTMLElement) => ({
            sum: Number(dataset['sum']),
            output: Number(dataset['output']),
          }));
          const expected = values[place.step] ?? NaN;
          const where = `${layer.id} unit ${place.unit} step ${place.step}`;
          expect(Math.abs(sum - expected), where).toBeLessThanOrEqual(TOLERANCE);
          expect(output, where).toBeCloseTo(expected, 6);
        }
    },
  );

/** A unit's first and last output position, and one between; other units for other layers. */
function places({ shape }: Layer, seed: number): { unit: number; step: number }[] {
  const [units = 1, rows = 1, columns = 1] = shape;
  const steps = rows * columns;
  return [0, Math.floor(steps * 0.37) + seed, steps - 1].map((step, i) => ({
    unit: (seed * 3 + i * 4) % units,
    step,
  }));
}
