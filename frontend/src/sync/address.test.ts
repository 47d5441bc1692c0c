import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import { decodeView, encodeView, hasView, showView, viewOf, type View } from './address';
import { aStage } from './testing';

const id = fc.string({ minLength: 1, unit: 'grapheme' });
const count = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const focus: fc.Arbitrary<Focus> = fc.oneof(
  fc.constant({ kind: 'overview' } as const),
  fc.record({ kind: fc.constant('layer' as const), layer: id }),
  fc.record({ kind: fc.constant('unit' as const), layer: id, unit: count }),
  fc.record({ kind: fc.constant('link' as const), layer: id, unit: count, input: count }),
  fc.record({ kind: fc.constant('class' as const), class: count }),
);
const view: fc.Arbitrary<View> = fc.record(
  {
    network: id,
    picture: id,
    focus,
    step: count,
    scale: fc.constantFrom('block' as const, 'module' as const, 'global' as const),
    detail: fc.boolean(),
  },
  { requiredKeys: ['focus', 'step', 'scale', 'detail'] },
);

test('every view comes back from its address', () => {
  fc.assert(
    fc.property(view, (view) => {
      expect(decodeView(encodeView(view))).toEqual(view);
    }),
  );
});

test('reading an address never fails, and what was read reads the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webQueryParameters()), (text) => {
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
  expect(decodeView('')).toEqual({ focus: { kind: 'overview' }, step: 0, scale: 'block', detail: false });
});
