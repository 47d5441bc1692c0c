import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Description } from '../../protocol/network';
import { aStage } from '../../sync/testing';
import { stepsOf } from '../../views/focus';
import { viewToOffer } from './offer';

const path = new URL('../../../../tests/golden/offers.json', import.meta.url);
const { network } = JSON.parse(readFileSync(path, 'utf8')) as { network: Description };
const conv = network.layers.find(({ op }) => op.type === 'conv')?.id ?? '';

test('a view is offered whole, with its kernel standing where it is, and without a caption', () => {
  const stage = {
    ...aStage(),
    network: network.id,
    focus: { kind: 'unit', layer: conv, unit: 1 },
    playback: { kind: 'playing', from: 3, since: 1000, rate: 4 },
    scale: 'global',
    receptiveField: true,
    caption: 'Look here',
  } as const;
  expect(viewToOffer(stage, network, 2000)).toEqual({
    network: network.id,
    view: {
      picture: 'a',
      focus: stage.focus,
      step: 7,
      rate: null,
      scale: 'global',
      detail: false,
      receptiveField: true,
      edit: null,
    },
  });
  expect(viewToOffer(stage, network, 1e9).view.step).toBe(stepsOf(network, stage.focus) - 1);
});

test('where nothing moves the step is the first, as the server wants it', () => {
  const stage = { ...aStage(), playback: { kind: 'paused', step: 5 } } as const;
  expect(viewToOffer(stage, network, 0).view.step).toBe(0);
});
