import { expect, test, vi } from 'vitest';

import { WHOLE_BYTES, type Tensors } from '../../data/tensors';
import { network } from '../../scene/sample';
import { DenseTensors } from './dense-tensors.svelte';

const described = network([{ make: 'flatten' }, { make: 'dense', units: 40 }, { make: 'softmax' }], 2);
const [, source, dense] = described.layers;
const run = { network: described, picture: 'p', edit: null };

/** Weight i of unit u is 100 u + i, its bias u; the greatest values are those of the last units. */
function tensors(): Tensors {
  const row = (unit: number) => Float32Array.from({ length: 12 }, (_, i) => 100 * unit + i);
  const units = Array.from({ length: 40 }, (_, unit) => unit);
  return {
    layer: (_: unknown, id: string) =>
      Promise.resolve(Float32Array.from(id === dense?.id ? units : { length: 12 }, Number)),
    weights: () =>
      Promise.resolve([Float32Array.from(units.flatMap((unit) => [...row(unit)])), Float32Array.from(units)]),
    unitWeights: (_: unknown, __: string, unit: number) =>
      Promise.resolve([row(unit), Float32Array.of(unit)]),
  } as unknown as Tensors;
}

test.each([
  ['all of them where they are few', 520, null, Array.from({ length: 40 }, (_, unit) => unit)],
  ['those of the open unit', WHOLE_BYTES / 4 + 1, 5, [5]],
  [
    'those of the greatest values',
    WHOLE_BYTES / 4 + 1,
    null,
    [28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39],
  ],
])('of the weights there are %s', async (_, parameters, unit, expected) => {
  if (!source || !dense) throw new Error('the network has no dense layer');
  const open = new DenseTensors(tensors());
  open.follow({ run, source, dense: { ...dense, parameters }, unit });
  await vi.waitFor(() => expect(open.here).not.toBeNull());
  expect(open.here?.units).toEqual(expected);
  for (const of of expected) {
    expect(open.here?.row(of)?.weights[3]).toBe(100 * of + 3);
    expect(open.here?.row(of)?.bias).toBe(of);
  }
  if (expected.length < 40) expect(open.here?.row(0)).toBeNull();
});
