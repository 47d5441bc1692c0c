import { expect, test } from 'vitest';

import type { Focus, Spot } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { aStage } from '../../sync/testing';
import { commandsTo } from './jump';

const UNIT: Focus = { kind: 'unit', layer: 'conv', unit: 2 };

/** As much of a description as says that the layer has steps. */
const network = {
  id: 'tiny-vgg',
  output: 'out',
  layers: [{ id: 'conv', op: { type: 'conv' }, shape: [4, 3, 3] }],
} as unknown as Description;

const at = (network: string, focus: Focus): Spot => ({ network, focus });

test('a view of the network on the stage is gone to with its step, also the first', () => {
  expect(commandsTo(at('tiny-vgg', UNIT), 5, aStage(), network)).toEqual([
    { type: 'focus', focus: UNIT },
    { type: 'step', step: 5 },
  ]);
  // From a neighbour the kernel would stay where it is.
  expect(commandsTo(at('tiny-vgg', UNIT), 0, aStage(), network)).toContainEqual({ type: 'step', step: 0 });
});

test('where nothing moves there is no step', () => {
  const focus: Focus = { kind: 'overview' };
  expect(commandsTo(at('tiny-vgg', focus), 0, aStage(), network)).toEqual([{ type: 'focus', focus }]);
  expect(commandsTo(at('tiny-vgg', focus), 0, aStage(), null)).toEqual([{ type: 'focus', focus }]);
});

test('another network is put on the stage first, with the picture that is there', () => {
  const commands = commandsTo(at('tiny-example', UNIT), 1, aStage(), network);
  expect(commands[0]).toEqual({ type: 'chooseNetwork', network: 'tiny-example', picture: aStage().picture });
  expect(commands.map(({ type }) => type)).toEqual(['chooseNetwork', 'focus', 'step']);
});
