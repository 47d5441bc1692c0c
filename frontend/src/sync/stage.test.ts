import { expect, test } from 'vitest';

import type { Stage } from '../protocol/classroom';
import { agree, applyStage, isStageCommand } from './stage';
import { aStage } from './testing';

const opened: Stage = applyStage(
  aStage(),
  { type: 'focus', focus: { kind: 'unit', layer: 'conv_1_1', unit: 3 } },
  0,
);

test('each command changes its own part and nothing else', () => {
  const stage: Stage = { ...opened, playback: { kind: 'paused', step: 7 }, caption: 'Look here' };
  expect(applyStage(stage, { type: 'choosePicture', picture: 'b' }, 5)).toEqual({ ...stage, picture: 'b' });
  expect(applyStage(stage, { type: 'step', step: 9 }, 5)).toEqual({
    ...stage,
    playback: { kind: 'paused', step: 9 },
  });
  expect(applyStage(stage, { type: 'pause', step: 8 }, 5)).toEqual({
    ...stage,
    playback: { kind: 'paused', step: 8 },
  });
  expect(applyStage(stage, { type: 'setScale', scale: 'global' }, 5)).toEqual({ ...stage, scale: 'global' });
  expect(applyStage(stage, { type: 'setDetail', detail: true }, 5)).toEqual({ ...stage, detail: true });
  expect(applyStage(stage, { type: 'play', from: 7, rate: 4 }, 12.4)).toEqual({
    ...stage,
    playback: { kind: 'playing', from: 7, since: 12, rate: 4 },
  });
});

test('looking elsewhere begins at the first step', () => {
  const stage: Stage = { ...opened, playback: { kind: 'playing', from: 7, since: 3, rate: 4 } };
  const elsewhere = applyStage(stage, { type: 'focus', focus: { kind: 'layer', layer: 'relu_1_1' } }, 9);
  expect(elsewhere.playback).toEqual({ kind: 'paused', step: 0 });
  const other = applyStage(stage, { type: 'chooseNetwork', network: 'other', picture: 'c' }, 9);
  expect(other).toEqual({
    ...stage,
    network: 'other',
    picture: 'c',
    focus: { kind: 'overview' },
    playback: { kind: 'paused', step: 0 },
  });
});

test('the kernel stays where it is within a layer', () => {
  const standing = applyStage(opened, { type: 'step', step: 5 }, 0);
  const other = applyStage(
    standing,
    { type: 'focus', focus: { kind: 'link', layer: 'conv_1_1', unit: 3, input: 1 } },
    9,
  );
  expect(other.playback).toEqual({ kind: 'paused', step: 5 });
});

test('two stages agree when only the moment of starting differs', () => {
  const playing = (since: number): Stage => ({
    ...opened,
    playback: { kind: 'playing', from: 0, since, rate: 4 },
  });
  expect(agree(playing(3), playing(90))).toBe(true);
  expect(agree(playing(3), opened)).toBe(false);
  expect(agree(opened, { ...opened, detail: true })).toBe(false);
  expect(agree(opened, { ...opened, focus: { unit: 3, kind: 'unit', layer: 'conv_1_1' } })).toBe(true);
});

test('commands to the class are no stage commands', () => {
  expect(isStageCommand({ type: 'gather' })).toBe(false);
  expect(isStageCommand({ type: 'setCaption', caption: 'x' })).toBe(false);
  expect(isStageCommand({ type: 'pause', step: 0 })).toBe(true);
});
