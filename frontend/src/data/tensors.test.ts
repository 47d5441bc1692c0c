import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { network } from '../scene/sample';
import { Tensors, WHOLE_BYTES } from './tensors';

/** Addresses that were asked for. */
let asked: string[] = [];
/** Every weight is its own place in the whole tensor. */
let whole = new Float32Array(0);

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const [, , , , , unit] = path.split('/');
    const own = unit === undefined ? [whole] : parts(Number(unit));
    const values = new Float32Array(own.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of own) {
      values.set(part, at);
      at += part.length;
    }
    return Promise.resolve(new Response(values.buffer));
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A network whose dense layer reads `inputs` values and makes three. */
function dense(side: number) {
  const described = network([
    { make: 'conv', units: side, padding: 1 },
    { make: 'flatten' },
    { make: 'dense', units: 3 },
  ]);
  const layer = described.layers.find(({ op }) => op.type === 'dense');
  // Sample networks count none.
  if (layer) layer.parameters = (layer.weights[0] ?? []).reduce((product, n) => product * n, 1);
  const [outputs = 0, inputs = 0] = layer?.weights[0] ?? [];
  whole = Float32Array.from({ length: outputs * inputs + outputs }, (_, i) => i);
  return { described, layer: layer?.id ?? '', inputs, outputs, bytes: (layer?.parameters ?? 0) * 4 };
}

let inputs = 0;
let outputs = 0;

function parts(unit: number): [Float32Array, Float32Array] {
  const bias = outputs * inputs + unit;
  return [whole.subarray(unit * inputs, (unit + 1) * inputs), whole.subarray(bias, bias + 1)];
}

describe('the weights of one unit', () => {
  test.each([
    ['are a part of all where these are few', 4, false],
    ['are fetched alone where all are too many', 200, true],
  ])('%s', async (_, units, alone) => {
    const made = dense(units);
    ({ inputs, outputs } = made);
    expect(made.bytes > WHOLE_BYTES).toBe(alone);
    const run = { network: made.described, edit: null };
    const found = await new Tensors().unitWeights(run, made.layer, 2, new AbortController().signal);
    expect(asked).toEqual([`/api/weights/${made.described.digest}/${made.layer}${alone ? '/2' : ''}`]);
    expect(found.map((part) => [...part])).toEqual(parts(2).map((part) => [...part]));
  });
});
