import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Focus, KernelEdit } from '../protocol/classroom';
import { LIMITS, outputSide } from '../views/arithmetic/hyperparameters';
import { decodeView, encodeView, hasView, showView, viewOf, type View } from './address';
import { aStage } from './testing';

const id = fc.string({ minLength: 1, unit: 'grapheme' });
const count = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const size = (name: keyof typeof LIMITS) => {
  const [min, max] = LIMITS[name];
  return fc.integer({ min, max });
};
const focus: fc.Arbitrary<Focus> = fc.oneof(
  fc.constant({ kind: 'overview' } as const),
  fc.record({ kind: fc.constant('layer' as const), layer: id }),
  fc.record({ kind: fc.constant('unit' as const), layer: id, unit: count }),
  fc.record({ kind: fc.constant('link' as const), layer: id, unit: count, input: count }),
  fc.record({ kind: fc.constant('class' as const), class: count }),
  fc
    .record({
      kind: fc.constant('hyperparameters' as const),
      input: size('input'),
      padding: size('padding'),
      kernel: size('kernel'),
      stride: size('stride'),
      dilation: size('dilation'),
    })
    .filter((sizes) => outputSide(sizes) !== null),
);
const weight = fc.integer({ min: -100_000, max: 100_000 });
const kernel = fc.record({ input: count, weights: fc.array(weight, { maxLength: 49 }) });
const edit: fc.Arbitrary<KernelEdit> = fc.record({
  layer: id,
  unit: count,
  kernels: fc
    .uniqueArray(kernel, { maxLength: 10, selector: ({ input }) => input })
    .map((list) => list.sort((a, b) => a.input - b.input)),
  bias: fc.option(weight),
});
const view: fc.Arbitrary<View> = fc.record(
  {
    network: id,
    picture: id,
    focus,
    step: count,
    scale: fc.constantFrom('block' as const, 'module' as const, 'global' as const),
    detail: fc.boolean(),
    receptiveField: fc.boolean(),
    edit: fc.option(edit),
  },
  { requiredKeys: ['focus', 'step', 'scale', 'detail', 'receptiveField', 'edit'] },
);

test('every view comes back from its address', () => {
  fc.assert(
    fc.property(view, (view) => {
      expect(decodeView(encodeView(view))).toEqual(view);
    }),
  );
});

/** Queries with the right names and all kinds of values. */
const nearlyQuery = fc
  .dictionary(
    fc.constantFrom('network', 'layer', 'unit', 'input', 'class', 'sizes', 'step', 'scale', 'field', 'edit'),
    fc.oneof(
      fc.string(),
      fc.json(),
      fc.nat().map(String),
      fc.array(fc.nat(20)).map((list) => list.join('.')),
    ),
  )
  .map((entries) => new URLSearchParams(entries).toString());

test('reading an address never fails, and what was read reads the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webQueryParameters(), nearlyQuery), (text) => {
      const view = decodeView(text);
      expect(decodeView(encodeView(view))).toEqual(view);
    }),
  );
});

test('an address reads well', () => {
  const stage = { ...aStage(), focus: { kind: 'unit', layer: 'conv_1_2', unit: 3 } as const };
  const view = viewOf({ ...stage, playback: { kind: 'playing', from: 10, since: 1000, rate: 4 } }, 2000);
  expect(encodeView(view)).toBe('network=tiny-vgg&picture=a&layer=conv_1_2&unit=3&step=14');
  expect(showView(aStage(), view)).toEqual({ ...stage, playback: { kind: 'paused', step: 14 } });
});

test('an address without a view is one of the whole network', () => {
  expect(hasView('?utm=1')).toBe(false);
  expect(hasView('?layer=conv_1_1')).toBe(true);
  expect(decodeView('')).toEqual({
    focus: { kind: 'overview' },
    step: 0,
    scale: 'block',
    detail: false,
    receptiveField: false,
    edit: null,
  });
});

test.each([
  'not json',
  '{"layer":"conv"}',
  '["conv",0,null]',
  '["conv",-1,null,[]]',
  '["conv",0,0.5,[]]',
  '["conv",0,null,[[1,[0]],[0,[0]]]]',
  '["conv",0,null,[[0,[100001]]]]',
  `["conv",0,null,[[0,[${'1,'.repeat(512)}1]]]]`,
  '["conv",0,null,[[0,["1"]]]]',
  '["",0,null,[]]',
])('an edited kernel that no server would take is as if it were not there: %s', (text) => {
  expect(decodeView(new URLSearchParams({ edit: text }).toString()).edit).toBeNull();
});

test.each(['6.1.3.1', '6.1.3.1.1.1', '2.0.3.1.1', '6.1.3.0.1', 'a.1.3.1.1', '17.0.3.1.1'])(
  'sizes without an output are none: %s',
  (sizes) => {
    expect(decodeView(`sizes=${sizes}`).focus).toEqual({ kind: 'overview' });
    expect(decodeView('sizes=6.1.3.2.1').focus).toMatchObject({ kind: 'hyperparameters', stride: 2 });
  },
);
