import { expect, test } from 'vitest';

import type { Ask } from '../../protocol/classroom';
import { aStage } from '../../sync/testing';
import { byVotes, spotName, spotOf } from './spots';

const ask = (id: number, votes: number): Ask => ({
  id,
  text: '?',
  spot: null,
  step: 0,
  at: 0,
  votes,
  answered: false,
});

test('most votes come first, of equal ones what was asked first', () => {
  const list = [ask(1, 0), ask(2, 3), ask(3, 0), ask(4, 3)];
  expect(byVotes(list).map(({ id }) => id)).toEqual([2, 4, 1, 3]);
  expect(list[0]?.id).toBe(1);
});

test('a view is named by layer and unit', () => {
  const unit = { network: 'tiny-vgg', focus: { kind: 'unit', layer: 'conv_1_1', unit: 4 } } as const;
  expect(spotName(unit, null)).toBe('conv_1_1 · unit 5');
  expect(spotName({ network: 'tiny-vgg', focus: { kind: 'overview' } }, null)).toBe('the whole network');
});

test('a kernel that moves is asked about where it is', () => {
  const stage = { ...aStage(), playback: { kind: 'playing', from: 3, since: 1000, rate: 4 } } as const;
  expect(spotOf(stage, 2000)).toEqual({
    spot: { network: 'tiny-vgg', focus: { kind: 'overview' } },
    step: 7,
  });
});
