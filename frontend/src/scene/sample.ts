/** Networks for tests: descriptions made from a list of operations, with shapes that follow from them. Holds no weights. */
import fc from 'fast-check';

import type { Description, Layer, Op } from '../protocol/network';
import type { Viewport } from './scene';

/** What a sample network is made of. */
export type Part =
  | { make: 'conv'; units: number; kernel?: number; stride?: number; padding?: number; groups?: number }
  | { make: 'relu' | 'pool' | 'batchNorm' | 'globalPool' | 'flatten' | 'softmax' }
  | { make: 'dense'; units: number };

/** A network of the given parts, on pictures of `side` × `side`. */
export function network(parts: readonly Part[], side = 64): Description {
  const layers: Layer[] = [
    {
      id: 'input',
      op: { type: 'input' },
      inputs: [],
      shape: [3, side, side],
      parameters: 0,
      weights: [],
      block: 0,
      module: 0,
    },
  ];
  let block = 0;
  let module = 0;
  parts.forEach((part, i) => {
    const before = layers.at(-1);
    if (!before) return;
    if (part.make === 'conv' || part.make === 'dense') block += 1;
    const made = {
      ...layer(part, before.shape),
      id: `${part.make}_${i + 1}`,
      inputs: [before.id],
      block,
      module,
    };
    if (part.make === 'pool') module += 1;
    layers.push(made);
  });
  const last = layers.at(-1);
  const ends = last?.op.type === 'softmax';
  const classes = last?.shape.length === 1 ? (last.shape[0] ?? 0) : 0;
  return {
    id: 'sample',
    digest: '0'.repeat(32),
    name: 'Sample',
    summary: 'Made for tests.',
    labels: Array.from({ length: classes }, (_, i) => `class ${i}`),
    input: { channels: ['Red', 'Green', 'Blue'], height: side, width: side, range: [0, 1] },
    layers,
    logits: ends ? (last.inputs[0] ?? null) : null,
    output: last?.id ?? 'input',
    parameters: 0,
    gallery: [],
    credits: { licence: '', authors: [], data: '' },
  };
}

type Made = Pick<Layer, 'op' | 'shape' | 'weights' | 'parameters'>;

function layer(part: Part, shape: readonly number[]): Made {
  const [units = 1, rows = 1, columns = 1] = shape;
  const plain = (op: Op, next: number[]): Made => ({ op, shape: next, weights: [], parameters: 0 });
  switch (part.make) {
    case 'conv': {
      const { kernel = 3, stride = 1, padding = 0, groups = 1 } = part;
      const out = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
      const op: Op = {
        type: 'conv',
        kernel: [kernel, kernel],
        stride: [stride, stride],
        padding: [padding, padding, padding, padding],
        dilation: [1, 1],
        groups,
      };
      const weights = [[part.units, units / groups, kernel, kernel], [part.units]];
      return { op, shape: [part.units, out(rows), out(columns)], weights, parameters: 0 };
    }
    case 'pool': {
      const op: Op = {
        type: 'maxPool',
        kernel: [2, 2],
        stride: [2, 2],
        padding: [0, 0, 0, 0],
        dilation: [1, 1],
      };
      return plain(op, [units, Math.floor(rows / 2), Math.floor(columns / 2)]);
    }
    case 'relu':
      return plain({ type: 'relu' }, [...shape]);
    case 'batchNorm':
      return plain({ type: 'batchNormalization', epsilon: 1e-5 }, [...shape]);
    case 'globalPool':
      return plain({ type: 'globalAveragePool' }, [units, 1, 1]);
    case 'flatten':
      return plain({ type: 'flatten' }, [units * rows * columns]);
    case 'dense':
      return { ...plain({ type: 'dense' }, [part.units]), weights: [[part.units, units], [part.units]] };
    case 'softmax':
      return plain({ type: 'softmax' }, [units]);
  }
}

/** The shape of the network that CNN Explainer shows: the first that people compare with. */
export function tinyVgg(): Description {
  const conv = { make: 'conv', units: 10 } as const;
  const half = [conv, { make: 'relu' }, conv, { make: 'relu' }, { make: 'pool' }] as const;
  return network([...half, ...half, { make: 'flatten' }, { make: 'dense', units: 10 }, { make: 'softmax' }]);
}

/** Classifiers of 5 to 60 layers with 1 to 512 units each. */
export function anyNetwork(): fc.Arbitrary<Description> {
  const units = fc.integer({ min: 1, max: 512 });
  const body = fc.oneof(
    fc.record({ make: fc.constant('conv' as const), units, padding: fc.constant(1) }),
    fc.record({ make: fc.constantFrom('relu' as const, 'batchNorm' as const) }),
  );
  return fc
    .record({
      body: fc.array(body, { minLength: 1, maxLength: 56 }),
      pool: fc.boolean(),
      global: fc.boolean(),
      classes: fc.integer({ min: 1, max: 512 }),
    })
    .map(({ body: parts, pool, global, classes }) =>
      network([
        ...parts,
        ...(pool ? [{ make: 'pool' } as const] : []),
        ...(global ? [{ make: 'globalPool' } as const] : []),
        { make: 'flatten' },
        { make: 'dense', units: classes },
        { make: 'softmax' },
      ]),
    );
}

/** Screens from a small phone to a large projector, for fingers or a mouse. */
export function anyViewport(): fc.Arbitrary<Viewport> {
  return fc.record({
    width: fc.integer({ min: 320, max: 2560 }),
    height: fc.integer({ min: 260, max: 1600 }),
    touch: fc.boolean(),
  });
}
