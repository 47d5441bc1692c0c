import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Description, Layer, Op } from '../protocol/network';
import { slidingOf, windowAt } from '../views/arithmetic/window';
import { growth, receptiveField, type Seer } from './receptive';
import { network, tinyVgg } from './sample';

/** A chain of windows of all kinds on a picture of `side` × `side`, as long as something is left. */
function chain(side: number, ops: readonly Op[]): Description {
  const base = network([], side);
  const layers: Layer[] = [...base.layers];
  for (const [i, op] of ops.entries()) {
    const before = layers.at(-1);
    const [units = 1, rows = 1, columns = 1] = before?.shape ?? [];
    const made = shapeOf(op, { rows, columns });
    if (!before || made.rows < 1 || made.columns < 1 || (op.type === 'conv' && units % op.groups > 0))
      continue;
    const shape = [op.type === 'conv' ? 6 : units, made.rows, made.columns];
    layers.push({ ...before, id: `${op.type}_${i}`, op, inputs: [before.id], shape });
  }
  return { ...base, layers };
}

function shapeOf(op: Op, { rows, columns }: { rows: number; columns: number }) {
  const sliding = slidingOf(op, { rows, columns });
  if (!sliding) return { rows: 0, columns: 0 };
  const { kernel, stride, padding, dilation } = sliding;
  const along = (axis: 0 | 1, length: number) => {
    const room =
      length + padding[axis] + padding[(axis + 2) as 2 | 3] - (kernel[axis] - 1) * dilation[axis] - 1;
    return room < 0 ? 0 : Math.floor(room / stride[axis]) + 1;
  };
  return { rows: along(0, rows), columns: along(1, columns) };
}

const pair = (most: number, least = 1) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));
const window = {
  kernel: pair(5),
  stride: pair(3),
  padding: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)),
  dilation: pair(3),
};
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ type: fc.constant('conv' as const), ...window, groups: fc.constantFrom(1, 1, 2, 3) }),
  fc.record({ type: fc.constant('maxPool' as const), ...window }),
  fc.constant<Op>({ type: 'relu' }),
);
const anyChain = fc
  .tuple(fc.integer({ min: 6, max: 24 }), fc.array(anyOp, { minLength: 1, maxLength: 6 }))
  .map(([side, ops]) => chain(side, ops));

/** All cells that one cell depends on, of each layer, as `unit row column`: one window after the other. */
function brute(described: Description, seer: Seer): Map<string, Set<string>> {
  const seen = new Map([[seer.layer, new Set([`${seer.unit} ${seer.cell.row} ${seer.cell.column}`])]]);
  for (const layer of described.layers.toReversed()) {
    const source = described.layers.find(({ id }) => id === layer.inputs[0]);
    const cells = seen.get(layer.id);
    if (!source || !cells) continue;
    const [units = 1, rows = 1, columns = 1] = source.shape;
    const sliding = slidingOf(layer.op, { rows, columns });
    const found = new Set<string>();
    for (const cell of cells) {
      const [unit = 0, row = 0, column = 0] = cell.split(' ').map(Number);
      const group = (channel: number) =>
        layer.op.type !== 'conv' ||
        Math.floor(channel / (units / layer.op.groups)) ===
          Math.floor(unit / ((layer.shape[0] ?? 1) / layer.op.groups));
      const read = Array.from({ length: units }, (_, i) => i).filter((channel) =>
        layer.op.type === 'conv' ? group(channel) : channel === unit,
      );
      for (const each of sliding ? windowAt(sliding, { row, column }) : [])
        if (each.row >= 0 && each.row < rows && each.column >= 0 && each.column < columns)
          for (const channel of read) found.add(`${channel} ${each.row} ${each.column}`);
    }
    if (found.size > 0) seen.set(source.id, found);
  }
  return seen;
}

test('the field of every layer is the rectangle around all cells that are read, one window after the other', () => {
  fc.assert(
    fc.property(anyChain, fc.nat(), (described, nth) => {
      const last = described.layers.at(-1);
      if (!last) return;
      const [units = 1, rows = 1, columns = 1] = last.shape;
      const seer = {
        layer: last.id,
        unit: nth % units,
        cell: { row: nth % rows, column: Math.floor(nth / rows) % columns },
      };
      const fields = receptiveField(described, seer);
      const all = brute(described, seer);
      expect(new Set(fields.keys())).toEqual(new Set(all.keys()));
      for (const [id, cells] of all) {
        const places = Array.from(cells, (cell) => cell.split(' ').map(Number));
        const along = (axis: number) => places.map((place) => place[axis] ?? -1);
        const field = fields.get(id);
        expect(field).toMatchObject({
          row: Math.min(...along(1)),
          column: Math.min(...along(2)),
          rows: Math.max(...along(1)) - Math.min(...along(1)) + 1,
          columns: Math.max(...along(2)) - Math.min(...along(2)) + 1,
        });
        expect(field?.units).toEqual(new Set(along(0)));
      }
    }),
    { numRuns: 300 },
  );
});

test('without padding every cell sees as much as the way to it lets it', () => {
  const bare = fc.record({
    type: fc.constant('maxPool' as const),
    ...window,
    padding: fc.constant<[number, number, number, number]>([0, 0, 0, 0]),
  });
  fc.assert(
    fc.property(fc.array(bare, { minLength: 1, maxLength: 4 }), (ops) => {
      const described = chain(40, ops);
      const last = described.layers.at(-1);
      if (!last || last.op.type === 'input') return;
      const fields = receptiveField(described, { layer: last.id, unit: 0, cell: { row: 0, column: 0 } });
      const input = fields.get('input');
      expect(growth(described, last.id).at(-1)).toMatchObject({ rows: input?.rows, columns: input?.columns });
    }),
  );
});

test('what each layer of the first network sees', () => {
  const described = tinyVgg();
  const sizes = growth(described, 'dense_12').map(({ layer, rows }) => [layer.id, rows]);
  expect(sizes).toEqual([
    ['input', 1],
    ['conv_1', 3],
    ['relu_2', 3],
    ['conv_3', 5],
    ['relu_4', 5],
    ['pool_5', 6],
    ['conv_6', 10],
    ['relu_7', 10],
    ['conv_8', 14],
    ['relu_9', 14],
    ['pool_10', 16],
    ['flatten_11', 16],
    ['dense_12', 64],
  ]);
});

test('a flat layer and a global pool see everything, an element of a flattened one what its cell sees', () => {
  const described = tinyVgg();
  const whole = { row: 0, column: 0, rows: 64, columns: 64 };
  const origin = { row: 0, column: 0 };
  const dense = receptiveField(described, { layer: 'dense_12', unit: 3, cell: origin });
  // 13 × 13 cells of 16 pixels, 4 apart, are 64; the last pool leaves none over.
  expect(dense.get('input')).toMatchObject(whole);
  const element = receptiveField(described, { layer: 'flatten_11', unit: 13 * 13 + 14, cell: origin });
  expect(element.get('pool_10')).toMatchObject({ row: 1, column: 1, rows: 1, columns: 1 });
  expect(element.get('pool_10')?.units).toEqual(new Set([1]));
  expect(element.get('input')).toMatchObject({ row: 4, column: 4, rows: 16, columns: 16 });
  const pooled = network([{ make: 'conv', units: 2, padding: 1 }, { make: 'globalPool' }], 8);
  const global = receptiveField(pooled, { layer: 'globalPool_2', unit: 0, cell: origin });
  expect(global.get('input')).toMatchObject({ rows: 8, columns: 8 });
});
